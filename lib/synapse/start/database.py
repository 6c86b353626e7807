"""How the scripts beside Synapse reach its database: as homeserver.yaml says, with the password in PGPASSWORD."""
import psycopg2
import yaml


def arguments(homeserver):
    with open(homeserver) as file:
        found = yaml.safe_load(file)["database"]["args"]
    return {key: value for key, value in found.items() if not key.startswith("cp_")}


def connect(arguments, name):
    """A connection in which each statement is for itself. The name is not Synapse's, or it would be taken for another one."""
    connection = psycopg2.connect(**{**arguments, "application_name": name, "connect_timeout": 5})
    connection.autocommit = True
    return connection
