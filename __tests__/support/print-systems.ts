import { Yaml } from 'cdk8s';
import { manifestsOf, SYSTEMS } from './systems';

process.stdout.write(JSON.stringify(Object.keys(SYSTEMS).map((name) => Yaml.stringify(...manifestsOf(name)))));
