// Generated from synapse-config.schema.json by "npm run import", do not edit.

/** Everything that may stand in homeserver.yaml, each name spelt as Synapse spells it. */
export interface HomeserverSettings {
  /**
   * Python modules that extend Synapse, in the order in which they are asked.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#modules
   */
  readonly modules?: ModuleSettings[];
  /**
   * The name after the colon in user IDs and room aliases; it can never change.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_name
   */
  readonly server_name?: string;
  /**
   * File for the process ID.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#pid_file
   */
  readonly pid_file?: string;
  /**
   * Whether Synapse leaves the foreground; a container then ends at once.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#daemonize
   */
  readonly daemonize?: boolean;
  /**
   * Whether the path of the PID file is printed at start.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#print_pidfile
   */
  readonly print_pidfile?: boolean;
  /**
   * Text behind the version in the User-Agent of requests to other servers.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_agent_suffix
   */
  readonly user_agent_suffix?: string;
  /**
   * Whether events are kept in immutable objects: slower, finds faults of modules.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#use_frozen_dicts
   */
  readonly use_frozen_dicts?: boolean;
  /**
   * Address of a web client to which `/` redirects.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#web_client_location
   */
  readonly web_client_location?: string;
  /**
   * Address at which clients reach the client API.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#public_baseurl
   */
  readonly public_baseurl?: string;
  /**
   * Whether Synapse itself answers `/.well-known/matrix/server`.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#serve_server_wellknown
   */
  readonly serve_server_wellknown?: boolean;
  /**
   * Further content of `/.well-known/matrix/client`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#extra_well_known_client_content
   */
  readonly extra_well_known_client_content?: {
    readonly [k: string]: unknown;
  };
  /**
   * Number of files that the process may have open; 0 leaves the limit of the operating system.
   *
   * @default 0
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#soft_file_limit
   */
  readonly soft_file_limit?: number;
  /**
   * Whether users see who is online.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly presence?: PresenceSettings;
  /**
   * Whether reading profiles takes an access token.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#require_auth_for_profile_requests
   */
  readonly require_auth_for_profile_requests?: boolean;
  /**
   * Whether only users who share a room can read a profile.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_profile_requests_to_users_who_share_rooms
   */
  readonly limit_profile_requests_to_users_who_share_rooms?: boolean;
  /**
   * Whether syncs tell of changed profiles.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#include_profile_updates_in_sync
   */
  readonly include_profile_updates_in_sync?: boolean;
  /**
   * Whether an invitation carries the display name and avatar of the invited user.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#include_profile_data_on_invite
   */
  readonly include_profile_data_on_invite?: boolean;
  /**
   * Whether the room directory can be read without an access token.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_public_rooms_without_auth
   */
  readonly allow_public_rooms_without_auth?: boolean;
  /**
   * Whether other servers can read the room directory.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_public_rooms_over_federation
   */
  readonly allow_public_rooms_over_federation?: boolean;
  /**
   * Version of new rooms, such as `12`.
   *
   * @default '12'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_room_version
   */
  readonly default_room_version?: string;
  /**
   * The three thresholds of Python's garbage collector.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#gc_thresholds
   */
  readonly gc_thresholds?: number[];
  /**
   * The least time between two runs of each of the garbage collector's three generations.
   *
   * @default ["1s","10s","30s"]
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#gc_min_interval
   */
  readonly gc_min_interval?: string[];
  /**
   * Most events that one sync or page of history returns; -1 for no limit.
   *
   * @default 100
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#filter_timeline_limit
   */
  readonly filter_timeline_limit?: number;
  /**
   * Whether only administrators can invite.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#block_non_admin_invites
   */
  readonly block_non_admin_invites?: boolean;
  /**
   * Whether messages can be searched on the server.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_search
   */
  readonly enable_search?: boolean;
  /**
   * Addresses that Synapse never connects to for others: federation, push, identity servers, previews.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#ip_range_blacklist
   */
  readonly ip_range_blacklist?: string[];
  /**
   * Addresses inside `ip_range_blacklist` that are allowed all the same.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#ip_range_whitelist
   */
  readonly ip_range_whitelist?: string[];
  /**
   * Ports that Synapse listens on.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly listeners?: ListenerSettings[];
  /**
   * Port of a Python console into the running process, for debugging.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole
   */
  readonly manhole?: number;
  /**
   * Access to the Python console.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole_settings
   */
  readonly manhole_settings?: ManholeSettings;
  /**
   * Proxy for outgoing HTTP requests.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#http_proxy
   */
  readonly http_proxy?: string;
  /**
   * Proxy for outgoing HTTPS requests.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#https_proxy
   */
  readonly https_proxy?: string;
  /**
   * Hosts that are reached without the proxy.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#no_proxy_hosts
   */
  readonly no_proxy_hosts?: string[];
  /**
   * Accounts and logins in Matrix Authentication Service instead of Synapse.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly matrix_authentication_service?: MatrixAuthenticationServiceSettings;
  /**
   * Number of forward extremities of a room from which Synapse ties them together.
   *
   * @default 10
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#dummy_events_threshold
   */
  readonly dummy_events_threshold?: number;
  /**
   * How long a device may be unused before it is deleted.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#delete_stale_devices_after
   */
  readonly delete_stale_devices_after?: string;
  /**
   * How Synapse sends email.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly email?: EmailSettings;
  /**
   * Longest delay of a delayed event; delayed events are off without it.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_event_delay_duration
   */
  readonly max_event_delay_duration?: string;
  /**
   * Types of users beside the built-in ones.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_types
   */
  readonly user_types?: UserTypesSettings;
  /**
   * Address shown to users whose server is blocked, such as `mailto:admin@example.org`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#admin_contact
   */
  readonly admin_contact?: string;
  /**
   * Whether the server refuses requests of users.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#hs_disabled
   */
  readonly hs_disabled?: boolean;
  /**
   * Why it does, for the users.
   *
   * @default 'Homeserver is currently blocked'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#hs_disabled_message
   */
  readonly hs_disabled_message?: string;
  /**
   * Whether the number of monthly active users is limited.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_usage_by_mau
   */
  readonly limit_usage_by_mau?: boolean;
  /**
   * Monthly active users from which further ones are refused.
   *
   * @default 0
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_mau_value
   */
  readonly max_mau_value?: number;
  /**
   * Days until a new user counts as active.
   *
   * @default 0
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_trial_days
   */
  readonly mau_trial_days?: number;
  /**
   * The same by the ID of the application service that made the user.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_appservice_trial_days
   */
  readonly mau_appservice_trial_days?: {
    readonly [k: string]: number;
  };
  /**
   * Whether users are told when the limit is reached.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_limit_alerting
   */
  readonly mau_limit_alerting?: boolean;
  /**
   * Whether monthly active users are counted although they are not limited.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_stats_only
   */
  readonly mau_stats_only?: boolean;
  /**
   * Users who are let in beyond the limit, by email address or phone number.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_limit_reserved_threepids
   */
  readonly mau_limit_reserved_threepids?: MauLimitReservedThreepidSettings[];
  /**
   * Label of this server in the metrics of usage.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_context
   */
  readonly server_context?: string;
  /**
   * Whether users can join rooms of other servers that are too large.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_remote_rooms
   */
  readonly limit_remote_rooms?: LimitRemoteRoomsSettings;
  /**
   * Whether only members can make an alias of a room.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#require_membership_for_aliases
   */
  readonly require_membership_for_aliases?: boolean;
  /**
   * Whether users can have another name or avatar in a room.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_per_room_profiles
   */
  readonly allow_per_room_profiles?: boolean;
  /**
   * Largest avatar.
   *
   * A size such as `'50M'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_avatar_size
   */
  readonly max_avatar_size?: string;
  /**
   * Types of files that may be avatars.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allowed_avatar_mimetypes
   */
  readonly allowed_avatar_mimetypes?: string[];
  /**
   * How long the content of a redacted event is kept; null keeps it.
   *
   * A duration such as `'10m'`.
   *
   * @default '7d'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redaction_retention_period
   */
  readonly redaction_retention_period?: string | null;
  /**
   * How long after an event its sender may redact it.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redaction_allowed_period
   */
  readonly redaction_allowed_period?: string;
  /**
   * How long a room that all local users have forgotten is kept.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#forgotten_room_retention_period
   */
  readonly forgotten_room_retention_period?: string;
  /**
   * How long the addresses of users are kept; null keeps them.
   *
   * A duration such as `'10m'`.
   *
   * @default '28d'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_ips_max_age
   */
  readonly user_ips_max_age?: string | null;
  /**
   * Whether requests for a verification hide that an email address is in use.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#request_token_inhibit_3pid_errors
   */
  readonly request_token_inhibit_3pid_errors?: boolean;
  /**
   * Hosts to which the link in a verification email may lead on.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#next_link_domain_whitelist
   */
  readonly next_link_domain_whitelist?: string[];
  /**
   * Templates of pages and emails.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#templates
   */
  readonly templates?: TemplatesSettings;
  /**
   * Deletes messages after a time.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly retention?: RetentionSettings;
  /**
   * File of Synapse's own certificate, where a listener has TLS.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#tls_certificate_path
   */
  readonly tls_certificate_path?: string;
  /**
   * File of its private key.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#tls_private_key_path
   */
  readonly tls_private_key_path?: string;
  /**
   * Whether the certificates of other servers are checked.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_verify_certificates
   */
  readonly federation_verify_certificates?: boolean;
  /**
   * Oldest version of TLS for requests to other servers.
   *
   * @default '1'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_client_minimum_tls_version
   */
  readonly federation_client_minimum_tls_version?: '1' | '1.1' | '1.2' | '1.3' | 1 | 1.1 | 1.2 | 1.3;
  /**
   * Servers whose certificates are not checked.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_certificate_verification_whitelist
   */
  readonly federation_certificate_verification_whitelist?: string[];
  /**
   * Files of the CAs that replace the public ones for other servers.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_custom_ca_list
   */
  readonly federation_custom_ca_list?: string[];
  /**
   * The only servers to share rooms with; null for any.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_domain_whitelist
   */
  readonly federation_domain_whitelist?: string[];
  /**
   * Whether clients can ask which servers are allowed.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_whitelist_endpoint_enabled
   */
  readonly federation_whitelist_endpoint_enabled?: boolean;
  /**
   * Servers with metrics of their own.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_metrics_domains
   */
  readonly federation_metrics_domains?: string[];
  /**
   * Whether other servers can read profiles.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_profile_lookup_over_federation
   */
  readonly allow_profile_lookup_over_federation?: boolean;
  /**
   * Whether other servers can read the names of devices.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_device_name_lookup_over_federation
   */
  readonly allow_device_name_lookup_over_federation?: boolean;
  /**
   * Time limits and retries of requests to other servers.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly federation?: FederationSettings;
  /**
   * Number of events in the cache, such as `10K`.
   *
   * A size such as `'50M'`.
   *
   * @default '10K'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#event_cache_size
   */
  readonly event_cache_size?: string;
  /**
   * Sizes of the caches.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly caches?: CachesSettings;
  /**
   * Connection to the database.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly database?: DatabaseSettings;
  /**
   * Several databases, by name, instead of `database`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#databases
   */
  readonly databases?: {
    readonly [k: string]: DatabaseSettings;
  };
  /**
   * File of the log configuration, in the format of Python's `logging.config`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#log_config
   */
  readonly log_config?: string;
  /**
   * Limits the events that a user sends.
   *
   * @default {"per_second":0.2,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message
   */
  readonly rc_message?: RateLimitSettings;
  /**
   * Limits registrations from an address.
   *
   * @default {"per_second":0.17,"burst_count":3}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_registration
   */
  readonly rc_registration?: RateLimitSettings;
  /**
   * Limits checks of registration tokens from an address.
   *
   * @default {"per_second":0.1,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_registration_token_validity
   */
  readonly rc_registration_token_validity?: RateLimitSettings;
  /**
   * Limits logins.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_login
   */
  readonly rc_login?: RcLoginSettings;
  /**
   * Limits redactions of an administrator in rooms of others.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_admin_redaction
   */
  readonly rc_admin_redaction?: RateLimitSettings;
  /**
   * Limits joins of a user.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_joins
   */
  readonly rc_joins?: RcJoinsSettings;
  /**
   * Limits joins into a room.
   *
   * @default {"per_second":1,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_joins_per_room
   */
  readonly rc_joins_per_room?: RateLimitSettings;
  /**
   * Limits verifications of email addresses and phone numbers.
   *
   * @default {"per_second":0.003,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_3pid_validation
   */
  readonly rc_3pid_validation?: RateLimitSettings;
  /**
   * Limits invitations.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_invites
   */
  readonly rc_invites?: RcInvitesSettings;
  /**
   * Limits invitations by email address or phone number.
   *
   * @default {"per_second":0.2,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_third_party_invite
   */
  readonly rc_third_party_invite?: RateLimitSettings;
  /**
   * Limits reservations of media IDs.
   *
   * @default {"per_second":10,"burst_count":50}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_media_create
   */
  readonly rc_media_create?: RateLimitSettings;
  /**
   * Limits requests of another server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly rc_federation?: RcFederationSettings;
  /**
   * Limits changes of presence.
   *
   * @default {"per_user":{"per_second":0.1,"burst_count":1}}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_presence
   */
  readonly rc_presence?: RcPresenceSettings;
  /**
   * Limits requests that manage delayed events.
   *
   * @default {"per_second":1,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_delayed_event_mgmt
   */
  readonly rc_delayed_event_mgmt?: RateLimitSettings;
  /**
   * Limits reports of a user.
   *
   * @default {"per_second":1,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_reports
   */
  readonly rc_reports?: RateLimitSettings;
  /**
   * Limits changes of the profile.
   *
   * @default {"per_second":1,"burst_count":500}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_profile
   */
  readonly rc_profile?: RateLimitSettings;
  /**
   * Limits the rooms that a user creates.
   *
   * @default {"per_second":0.016,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_room_creation
   */
  readonly rc_room_creation?: RateLimitSettings;
  /**
   * Limits searches for users.
   *
   * @default {"per_second":0.016,"burst_count":200}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_user_directory
   */
  readonly rc_user_directory?: RateLimitSettings;
  /**
   * Transactions with read receipts to other servers, by room and second.
   *
   * @default 50
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_rr_transactions_per_room_per_second
   */
  readonly federation_rr_transactions_per_room_per_second?: number;
  /**
   * Whether media takes an access token.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_authenticated_media
   */
  readonly enable_authenticated_media?: boolean;
  /**
   * Whether this process serves media.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_media_repo
   */
  readonly enable_media_repo?: boolean;
  /**
   * Whether media is kept on the disk, and not only with the storage providers.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_local_media_storage
   */
  readonly enable_local_media_storage?: boolean;
  /**
   * Folder of the media.
   *
   * @default 'media_store'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_store_path
   */
  readonly media_store_path?: string;
  /**
   * Media IDs that a user may have reserved at a time.
   *
   * @default 5
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_pending_media_uploads
   */
  readonly max_pending_media_uploads?: number;
  /**
   * How long a media ID is reserved.
   *
   * A duration such as `'10m'`.
   *
   * @default '24h'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#unused_expiration_time
   */
  readonly unused_expiration_time?: string;
  /**
   * Further places for media, such as an object store.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly media_storage_providers?: MediaStorageProviderSettings[];
  /**
   * Largest upload.
   *
   * A size such as `'50M'`.
   *
   * @default '50M'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_upload_size
   */
  readonly max_upload_size?: string;
  /**
   * Limits how much a user uploads in a time.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_upload_limits
   */
  readonly media_upload_limits?: MediaUploadLimitSettings[];
  /**
   * Largest image of which a thumbnail is made, in pixels, such as `32M`.
   *
   * A size such as `'50M'`.
   *
   * @default '32M'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_image_pixels
   */
  readonly max_image_pixels?: string;
  /**
   * Media of other servers that an address may fetch at once.
   *
   * A size such as `'50M'`.
   *
   * @default '500MiB'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#remote_media_download_burst_count
   */
  readonly remote_media_download_burst_count?: string;
  /**
   * Media of other servers that an address may fetch in a second.
   *
   * A size such as `'50M'`.
   *
   * @default '87KiB'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#remote_media_download_per_second
   */
  readonly remote_media_download_per_second?: string;
  /**
   * Servers whose media is not fetched.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#prevent_media_downloads_from
   */
  readonly prevent_media_downloads_from?: string[];
  /**
   * Whether thumbnails of any size are made on request.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#dynamic_thumbnails
   */
  readonly dynamic_thumbnails?: boolean;
  /**
   * Thumbnails made of every upload.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#thumbnail_sizes
   */
  readonly thumbnail_sizes?: ThumbnailSizeSettings[];
  /**
   * Deletes media that was not used for a time.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_retention
   */
  readonly media_retention?: MediaRetentionSettings;
  /**
   * Whether Synapse fetches linked pages to show previews.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_enabled
   */
  readonly url_preview_enabled?: boolean;
  /**
   * Addresses that previews never reach.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_ip_range_blacklist
   */
  readonly url_preview_ip_range_blacklist?: string[];
  /**
   * Addresses inside that list that are allowed all the same.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_ip_range_whitelist
   */
  readonly url_preview_ip_range_whitelist?: string[];
  /**
   * Links without previews, by parts of the URL.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly url_preview_url_blacklist?: UrlPreviewUrlBlacklistSettings[];
  /**
   * Most that is fetched of a page for its preview.
   *
   * A size such as `'50M'`.
   *
   * @default '10M'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#max_spider_size
   */
  readonly max_spider_size?: string;
  /**
   * Languages in which pages are requested, such as `de`.
   *
   * @default ["en"]
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_accept_language
   */
  readonly url_preview_accept_language?: string[];
  /**
   * Previews by the oEmbed standard.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oembed
   */
  readonly oembed?: OembedSettings;
  /**
   * Public key of the captcha.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#recaptcha_public_key
   */
  readonly recaptcha_public_key?: string;
  /**
   * File of the public key of the captcha.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#recaptcha_public_key_path
   */
  readonly recaptcha_public_key_path?: string;
  /**
   * Private key of the captcha; in a file instead, by `recaptcha_private_key_path`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#recaptcha_private_key
   */
  readonly recaptcha_private_key?: string;
  /**
   * File of the private key of the captcha.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#recaptcha_private_key_path
   */
  readonly recaptcha_private_key_path?: string;
  /**
   * Whether registration takes a captcha.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_registration_captcha
   */
  readonly enable_registration_captcha?: boolean;
  /**
   * Address that verifies captchas.
   *
   * @default 'https://www.recaptcha.net/recaptcha/api/siteverify'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#recaptcha_siteverify_api
   */
  readonly recaptcha_siteverify_api?: string;
  /**
   * Addresses of TURN servers for calls.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_uris
   */
  readonly turn_uris?: string[];
  /**
   * Secret shared with the TURN server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_shared_secret
   */
  readonly turn_shared_secret?: string;
  /**
   * File of the secret shared with the TURN server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_shared_secret_path
   */
  readonly turn_shared_secret_path?: string;
  /**
   * Fixed user of the TURN server, instead of a shared secret.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_username
   */
  readonly turn_username?: string;
  /**
   * Password of that user.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_password
   */
  readonly turn_password?: string;
  /**
   * How long credentials for the TURN server are valid.
   *
   * A duration such as `'10m'`.
   *
   * @default '1h'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_user_lifetime
   */
  readonly turn_user_lifetime?: string;
  /**
   * Whether guests get such credentials.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#turn_allow_guests
   */
  readonly turn_allow_guests?: boolean;
  /**
   * Calls by MatrixRTC.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_rtc
   */
  readonly matrix_rtc?: MatrixRtcSettings;
  /**
   * Whether anyone can register, within the other limits.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_registration
   */
  readonly enable_registration?: boolean;
  /**
   * Whether registration may be open without any check.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_registration_without_verification
   */
  readonly enable_registration_without_verification?: boolean;
  /**
   * What registration must verify: `email`, `msisdn`.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#registrations_require_3pid
   */
  readonly registrations_require_3pid?: string[];
  /**
   * Whether phone numbers are not asked for at registration.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#disable_msisdn_registration
   */
  readonly disable_msisdn_registration?: boolean;
  /**
   * Email addresses and phone numbers that may register.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allowed_local_3pids
   */
  readonly allowed_local_3pids?: AllowedLocal3PidSettings[];
  /**
   * Whether users can be looked up at identity servers.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_3pid_lookup
   */
  readonly enable_3pid_lookup?: boolean;
  /**
   * Whether registration takes a token from an administrator.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#registration_requires_token
   */
  readonly registration_requires_token?: boolean;
  /**
   * Secret with which a program registers users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#registration_shared_secret
   */
  readonly registration_shared_secret?: string;
  /**
   * File of the secret with which a program registers users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#registration_shared_secret_path
   */
  readonly registration_shared_secret_path?: string;
  /**
   * Cost of hashing a password: each round more takes twice the time.
   *
   * @default 12
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#bcrypt_rounds
   */
  readonly bcrypt_rounds?: number;
  /**
   * Whether guests can use the server without an account.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allow_guest_access
   */
  readonly allow_guest_access?: boolean;
  /**
   * Identity server that is proposed to clients.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_identity_server
   */
  readonly default_identity_server?: string;
  /**
   * Servers that verify phone numbers for this one.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#account_threepid_delegates
   */
  readonly account_threepid_delegates?: AccountThreepidDelegatesSettings;
  /**
   * Whether users can change their display name.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_set_displayname
   */
  readonly enable_set_displayname?: boolean;
  /**
   * Whether users can change their avatar.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_set_avatar_url
   */
  readonly enable_set_avatar_url?: boolean;
  /**
   * Whether users can change their email addresses and phone numbers.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_3pid_changes
   */
  readonly enable_3pid_changes?: boolean;
  /**
   * Aliases of rooms that new users join, such as `#welcome:example.org`.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_join_rooms
   */
  readonly auto_join_rooms?: string[];
  /**
   * Whether such rooms are created.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#autocreate_auto_join_rooms
   */
  readonly autocreate_auto_join_rooms?: boolean;
  /**
   * Whether users of other servers can join them.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#autocreate_auto_join_rooms_federated
   */
  readonly autocreate_auto_join_rooms_federated?: boolean;
  /**
   * Who can join them.
   *
   * @default 'public_chat'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#autocreate_auto_join_room_preset
   */
  readonly autocreate_auto_join_room_preset?: 'public_chat' | 'private_chat' | 'trusted_private_chat';
  /**
   * User who creates them and invites.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_join_mxid_localpart
   */
  readonly auto_join_mxid_localpart?: string;
  /**
   * Whether guests join them too.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_join_rooms_for_guests
   */
  readonly auto_join_rooms_for_guests?: boolean;
  /**
   * Whether registration hides that a name is taken.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#inhibit_user_in_use_error
   */
  readonly inhibit_user_in_use_error?: boolean;
  /**
   * How long a login lasts.
   *
   * A duration such as `'10m'`.
   *
   * @default 'infinity'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#session_lifetime
   */
  readonly session_lifetime?: string;
  /**
   * How long an access token is valid that can be renewed.
   *
   * A duration such as `'10m'`.
   *
   * @default '5m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#refreshable_access_token_lifetime
   */
  readonly refreshable_access_token_lifetime?: string;
  /**
   * How long a refresh token may be unused.
   *
   * A duration such as `'10m'`.
   *
   * @default 'infinity'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#refresh_token_lifetime
   */
  readonly refresh_token_lifetime?: string;
  /**
   * How long an access token is valid that cannot be renewed.
   *
   * A duration such as `'10m'`.
   *
   * @default 'infinity'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#nonrefreshable_access_token_lifetime
   */
  readonly nonrefreshable_access_token_lifetime?: string;
  /**
   * Confirmation of dangerous actions by password.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#ui_auth
   */
  readonly ui_auth?: UiAuthSettings;
  /**
   * Logging in another device of a user who is logged in.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#login_via_existing_session
   */
  readonly login_via_existing_session?: LoginViaExistingSessionSettings;
  /**
   * Whether metrics are collected.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_metrics
   */
  readonly enable_metrics?: boolean;
  /**
   * Reports errors to Sentry.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sentry
   */
  readonly sentry?: SentrySettings;
  /**
   * Metrics that cost more to collect.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#metrics_flags
   */
  readonly metrics_flags?: MetricsFlagsSettings;
  /**
   * Whether statistics of usage are sent to matrix.org.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#report_stats
   */
  readonly report_stats?: boolean;
  /**
   * Address to which they are sent.
   *
   * @default 'https://matrix.org/report-usage-stats/push'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#report_stats_endpoint
   */
  readonly report_stats_endpoint?: string;
  /**
   * What users see of a room before they join it.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_prejoin_state
   */
  readonly room_prejoin_state?: RoomPrejoinStateSettings;
  /**
   * Whether the address of an administrator who acts as a user is noted for that user.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#track_puppeted_user_ips
   */
  readonly track_puppeted_user_ips?: boolean;
  /**
   * Files of the registrations of application services.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#app_service_config_files
   */
  readonly app_service_config_files?: string[];
  /**
   * Whether the addresses of users of application services are noted.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#track_appservice_user_ips
   */
  readonly track_appservice_user_ips?: boolean;
  /**
   * Whether application services also get their token in the query.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#use_appservice_legacy_authorization
   */
  readonly use_appservice_legacy_authorization?: boolean;
  /**
   * Secret that signs tokens.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#macaroon_secret_key
   */
  readonly macaroon_secret_key?: string;
  /**
   * File of the secret that signs tokens.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#macaroon_secret_key_path
   */
  readonly macaroon_secret_key_path?: string;
  /**
   * Secret that protects forms.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#form_secret
   */
  readonly form_secret?: string;
  /**
   * File of the secret that protects forms.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#form_secret_path
   */
  readonly form_secret_path?: string;
  /**
   * File of the signing key, which is the identity of the server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#signing_key_path
   */
  readonly signing_key_path?: string;
  /**
   * Public keys that signed earlier, by their ID.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#old_signing_keys
   */
  readonly old_signing_keys?: {
    readonly [k: string]: OldSigningKeySettings;
  };
  /**
   * How long other servers may keep the public key.
   *
   * A duration such as `'10m'`.
   *
   * @default '1d'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#key_refresh_interval
   */
  readonly key_refresh_interval?: string;
  /**
   * Servers that are asked for public keys of others.
   *
   * @default [{"server_name":"matrix.org"}]
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#trusted_key_servers
   */
  readonly trusted_key_servers?: TrustedKeyServerSettings[];
  /**
   * Whether Synapse is silent about trusting matrix.org.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#suppress_key_server_warning
   */
  readonly suppress_key_server_warning?: boolean;
  /**
   * File of the key that signs answers of a key server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#key_server_signing_keys_path
   */
  readonly key_server_signing_keys_path?: string;
  /**
   * Login by SAML 2.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly saml2_config?: Saml2ConfigSettings;
  /**
   * Login by OpenID Connect.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly oidc_providers?: OidcProviderSettings[];
  /**
   * Login by CAS.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly cas_config?: CasConfigSettings;
  /**
   * Single sign-on, whatever the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sso
   */
  readonly sso?: SsoSettings;
  /**
   * Login by JSON Web Token.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly jwt_config?: JwtConfigSettings;
  /**
   * Login by password.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly password_config?: PasswordConfigSettings;
  /**
   * Push notifications.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push
   */
  readonly push?: PushSettings;
  /**
   * Rules by which users are notified.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push_rules
   */
  readonly push_rules?: PushRulesSettings;
  /**
   * Which new rooms are encrypted whichever client creates them.
   *
   * @default 'off'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#encryption_enabled_by_default_for_room_type
   */
  readonly encryption_enabled_by_default_for_room_type?: 'all' | 'invite' | 'off';
  /**
   * Search for users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly user_directory?: UserDirectorySettings;
  /**
   * Agreement of users to a policy.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly user_consent?: UserConsentSettings;
  /**
   * Statistics of rooms and users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stats
   */
  readonly stats?: StatsSettings;
  /**
   * Messages from the server to its users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly server_notices?: ServerNoticesSettings;
  /**
   * Whether the room directory can be searched.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#enable_room_list_search
   */
  readonly enable_room_list_search?: boolean;
  /**
   * Who can make which aliases.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#alias_creation_rules
   */
  readonly alias_creation_rules?: AliasCreationRuleSettings[];
  /**
   * Who can publish which rooms in the directory.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_list_publication_rules
   */
  readonly room_list_publication_rules?: RoomListPublicationRuleSettings[];
  /**
   * Power levels of new rooms, by preset.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_power_level_content_override
   */
  readonly default_power_level_content_override?: DefaultPowerLevelContentOverrideSettings;
  /**
   * Whether leaving a room also forgets it.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#forget_rooms_on_leave
   */
  readonly forget_rooms_on_leave?: boolean;
  /**
   * Rooms that no sync returns.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#exclude_rooms_from_sync
   */
  readonly exclude_rooms_from_sync?: string[];
  /**
   * Rooms whose members do not see the presence of one another for it.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#exclude_rooms_from_presence
   */
  readonly exclude_rooms_from_presence?: string[];
  /**
   * Traces requests across processes.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#opentracing
   */
  readonly opentracing?: OpentracingSettings;
  /**
   * Secret of the connections between processes.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_replication_secret
   */
  readonly worker_replication_secret?: string;
  /**
   * File of the secret of the connections between processes.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_replication_secret_path
   */
  readonly worker_replication_secret_path?: string;
  /**
   * Outdated, use `pusher_instances`: whether this process sends push notifications.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#start_pushers
   */
  readonly start_pushers?: boolean;
  /**
   * Workers that send push notifications.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#pusher_instances
   */
  readonly pusher_instances?: string[];
  /**
   * Outdated, use `federation_sender_instances`: whether this process sends to other servers.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#send_federation
   */
  readonly send_federation?: boolean;
  /**
   * Workers that send to other servers.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation_sender_instances
   */
  readonly federation_sender_instances?: string[];
  /**
   * Addresses of the processes, by name.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#instance_map
   */
  readonly instance_map?: {
    readonly [k: string]: InstanceMapSettings;
  };
  /**
   * Workers that write each stream.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly stream_writers?: StreamWritersSettings;
  /**
   * The only processes that connect to other servers.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#outbound_federation_restricted_to
   */
  readonly outbound_federation_restricted_to?: string[];
  /**
   * Worker of the background tasks.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#run_background_tasks_on
   */
  readonly run_background_tasks_on?: string;
  /**
   * Worker that maintains the user directory.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#update_user_directory_from_worker
   */
  readonly update_user_directory_from_worker?: string;
  /**
   * Worker that sends to application services.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#notify_appservices_from_worker
   */
  readonly notify_appservices_from_worker?: string;
  /**
   * Worker of the background tasks of media.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_instance_running_background_jobs
   */
  readonly media_instance_running_background_jobs?: string;
  /**
   * Redis or Valkey, which connects processes.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly redis?: RedisSettings;
  /**
   * Program of a worker.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_app
   */
  readonly worker_app?: string;
  /**
   * Name of a worker.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_name
   */
  readonly worker_name?: string;
  /**
   * Ports that a worker listens on.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_listeners
   */
  readonly worker_listeners?: ListenerSettings[];
  /**
   * Port of the Python console into a worker.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_manhole
   */
  readonly worker_manhole?: number;
  /**
   * Whether a worker leaves the foreground.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_daemonize
   */
  readonly worker_daemonize?: boolean;
  /**
   * File for the process ID of a worker.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_pid_file
   */
  readonly worker_pid_file?: string;
  /**
   * File of the log configuration of a worker.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#worker_log_config
   */
  readonly worker_log_config?: string;
  /**
   * Pace of changes to the database in the background.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly background_updates?: BackgroundUpdatesSettings;
  /**
   * Tasks in the background.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#task_scheduler
   */
  readonly task_scheduler?: TaskSchedulerSettings;
  /**
   * Accepts invitations for users.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_accept_invites
   */
  readonly auto_accept_invites?: AutoAcceptInvitesSettings;
  /**
   * Whether a registration token takes the place of a verification.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly enable_registration_token_3pid_bypass?: boolean;
  /**
   * Whether user names may begin with `_`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly allow_underscore_prefixed_localpart?: boolean;
  /**
   * Whether forward extremities of a room are tied together.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly cleanup_extremities_with_dummy_events?: boolean;
  /**
   * Whether messages can carry the time of their deletion.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly enable_ephemeral_messages?: boolean;
  /**
   * Limits requests for keys of devices.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly rc_key_requests?: RateLimitSettings;
  /**
   * Users whose contacts are not told of new devices.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly dont_notify_new_devices_for?: string[];
  /**
   * Whether the status of an account tells that it has expired.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly use_account_validity_in_account_status?: boolean;
  /**
   * Whether standard output is left out of the log.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly no_redirect_stdio?: boolean;
  /**
   * Features that are not in the specification yet.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html
   */
  readonly experimental_features?: ExperimentalFeaturesSettings;
}
/** Settings of `modules` in homeserver.yaml. */
export interface ModuleSettings {
  /**
   * Python path of the class, such as `my_module.MyModule`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#modules
   */
  readonly module: string;
  /**
   * Settings of the module itself.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#modules
   */
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `presence` in homeserver.yaml. */
export interface PresenceSettings {
  /**
   * On, off, or `untracked`: computed by none, but passed on.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly enabled?: boolean | 'untracked';
  /**
   * Whether a first sync lists users who are offline.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly include_offline_users_on_sync?: boolean;
  /**
   * How exactly the last activity is told.
   *
   * A duration such as `'10m'`.
   *
   * @default '1m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly last_active_granularity?: string;
  /**
   * How long after its last sync a device counts as online.
   *
   * A duration such as `'10m'`.
   *
   * @default '30s'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly sync_online_timeout?: string;
  /**
   * How long without activity until a user counts as idle.
   *
   * A duration such as `'10m'`.
   *
   * @default '5m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#presence
   */
  readonly idle_timeout?: string;
}
/** One listener of homeserver.yaml. */
export interface ListenerSettings {
  /**
   * TCP port.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly port?: number;
  /**
   * Name of the listener in the log.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly tag?: string;
  /**
   * Addresses of the host to listen on.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly bind_addresses?: string[];
  /**
   * HTTP, Python console or metrics.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly type: 'http' | 'manhole' | 'metrics';
  /**
   * Whether Synapse itself terminates TLS.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly tls?: boolean;
  /**
   * Whether the client address is taken from `X-Forwarded-For`, behind a proxy.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly x_forwarded?: boolean;
  /**
   * Header whose value names a request in the log.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly request_id_header?: string;
  /**
   * APIs that are served here.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly resources?: ListenerResourceSettings[];
  /**
   * Modules that serve paths of their own.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly additional_resources?: {
    readonly [k: string]: ListenerAdditionalResourceSettings;
  };
  /**
   * Unix socket instead of a port.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly path?: string;
  /**
   * Permissions of the Unix socket.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly mode?: number;
}
/** Settings of `listener.resources` in homeserver.yaml. */
export interface ListenerResourceSettings {
  /**
   * Names of the APIs.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly names?: (
    'client' | 'consent' | 'federation' | 'keys' | 'media' | 'metrics' | 'openid' | 'replication' | 'static' | 'health'
  )[];
  /**
   * Whether answers are compressed.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly compress?: boolean;
}
/** Settings of `listener.additional_resources` in homeserver.yaml. */
export interface ListenerAdditionalResourceSettings {
  /**
   * Python path of the class that serves the path.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly module: string;
  /**
   * Settings of the module itself.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#listeners
   */
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `manhole_settings` in homeserver.yaml. */
export interface ManholeSettings {
  /**
   * User name of the console.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole_settings
   */
  readonly username?: string;
  /**
   * Password of the console.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole_settings
   */
  readonly password?: string;
  /**
   * File of the SSH host key.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole_settings
   */
  readonly ssh_priv_key_path?: string;
  /**
   * File of the public half of the SSH host key.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#manhole_settings
   */
  readonly ssh_pub_key_path?: string;
}
/** Settings of `matrix_authentication_service` in homeserver.yaml. */
export interface MatrixAuthenticationServiceSettings {
  /**
   * Whether that service manages the accounts.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly enabled?: boolean;
  /**
   * Address at which Synapse reaches the service.
   *
   * @default 'http://localhost:8080'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly endpoint?: string;
  /**
   * Whether requests to the service use HTTP/2 without TLS.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly force_http2?: boolean;
  /**
   * Secret shared with the service; in a file instead, by `secret_path`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly secret?: string;
  /**
   * File of the secret shared with the service.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_authentication_service
   */
  readonly secret_path?: string;
}
/** Settings of `email` in homeserver.yaml. */
export interface EmailSettings {
  /**
   * Host of the mail server.
   *
   * @default 'localhost'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly smtp_host?: string;
  /**
   * Port of the mail server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly smtp_port?: number;
  /**
   * User name at the mail server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly smtp_user?: string;
  /**
   * Password at the mail server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly smtp_pass?: string;
  /**
   * Whether the connection begins with TLS, without STARTTLS.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly force_tls?: boolean;
  /**
   * Whether a connection without TLS is refused.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly require_transport_security?: boolean;
  /**
   * Whether STARTTLS is used if the mail server offers it.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly enable_tls?: boolean;
  /**
   * Name that the mail server's certificate must have.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly tlsname?: string;
  /**
   * Sender of every email; `%(app)s` stands for the name of the app.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly notif_from?: string;
  /**
   * Name of the app in emails.
   *
   * @default 'Matrix'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly app_name?: string;
  /**
   * Whether users can get notifications of messages by email.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly enable_notifs?: boolean;
  /**
   * Whether new users get notifications by email unless they turn them off.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly notif_for_new_users?: boolean;
  /**
   * How long a message may be unread before an email is sent.
   *
   * A duration such as `'10m'`.
   *
   * @default '10m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly notif_delay_before_mail?: string;
  /**
   * Address of the web client in links.
   *
   * @default 'https://matrix.to'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly client_base_url?: string;
  /**
   * How long a link for verification is valid.
   *
   * A duration such as `'10m'`.
   *
   * @default '1h'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly validation_token_lifetime?: string;
  /**
   * Address of the web client in invitations by email.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly invite_client_location?: string;
  /**
   * Subjects of the emails.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly subjects?: EmailSubjectsSettings;
}
/** Settings of `email.subjects` in homeserver.yaml. */
export interface EmailSubjectsSettings {
  /**
   * Message from person in room: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly message_from_person_in_room?: string;
  /**
   * Message from person: text.
   *
   * @default '[%(app)s] You have a message on %(app)s from %(person)s...'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly message_from_person?: string;
  /**
   * Messages from person: text.
   *
   * @default '[%(app)s] You have messages on %(app)s from %(person)s...'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly messages_from_person?: string;
  /**
   * Messages in room: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly messages_in_room?: string;
  /**
   * Messages in room and others: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly messages_in_room_and_others?: string;
  /**
   * Messages from person and others: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly messages_from_person_and_others?: string;
  /**
   * Invite from person to room: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly invite_from_person_to_room?: string;
  /**
   * Invite from person: text.
   *
   * @default '[%(app)s] %(person)s has invited you to chat on %(app)s...'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly invite_from_person?: string;
  /**
   * Password reset: text.
   *
   * @default '[%(server_name)s] Password reset'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly password_reset?: string;
  /**
   * Email validation: text.
   *
   * @default '[%(server_name)s] Validate your email'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#email
   */
  readonly email_validation?: string;
}
/** Settings of `user_types` in homeserver.yaml. */
export interface UserTypesSettings {
  /**
   * Type of a new user for whom none is given.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_types
   */
  readonly default_user_type?: string;
  /**
   * Further types that administrators can give.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_types
   */
  readonly extra_user_types?: string[];
}
/** Settings of `mau_limit_reserved_threepids` in homeserver.yaml. */
export interface MauLimitReservedThreepidSettings {
  /**
   * Medium: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_limit_reserved_threepids
   */
  readonly medium?: string;
  /**
   * Address: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#mau_limit_reserved_threepids
   */
  readonly address?: string;
}
/** Settings of `limit_remote_rooms` in homeserver.yaml. */
export interface LimitRemoteRoomsSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_remote_rooms
   */
  readonly enabled?: boolean;
  /**
   * Complexity from which a room is too large; 1 is about 500 state events.
   *
   * @default 1
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_remote_rooms
   */
  readonly complexity?: number;
  /**
   * What the user is told.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_remote_rooms
   */
  readonly complexity_error?: string;
  /**
   * Whether administrators can join all the same.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#limit_remote_rooms
   */
  readonly admins_can_join?: boolean;
}
/** Settings of `templates` in homeserver.yaml. */
export interface TemplatesSettings {
  /**
   * Folder whose templates replace Synapse's own.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#templates
   */
  readonly custom_template_directory?: string;
}
/** Settings of `retention` in homeserver.yaml. */
export interface RetentionSettings {
  /**
   * Whether messages are deleted.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly enabled?: boolean;
  /**
   * For rooms that have no policy of their own.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly default_policy?: RetentionDefaultPolicySettings;
  /**
   * Least `max_lifetime` that a room may have.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly allowed_lifetime_min?: string;
  /**
   * Largest `max_lifetime` that a room may have.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly allowed_lifetime_max?: string;
  /**
   * How often old messages are looked for, by the lifetime of the rooms.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly purge_jobs?: RetentionPurgeJobSettings[];
}
/** Settings of `retention.default_policy` in homeserver.yaml. */
export interface RetentionDefaultPolicySettings {
  /**
   * Time for which messages are kept for certain.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly min_lifetime?: string;
  /**
   * Time after which messages are deleted.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly max_lifetime?: string;
}
/** Settings of `retention.purge_jobs` in homeserver.yaml. */
export interface RetentionPurgeJobSettings {
  /**
   * Rooms with a longer `max_lifetime` than this.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly shortest_max_lifetime?: string;
  /**
   * Rooms with a `max_lifetime` up to this.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly longest_max_lifetime?: string;
  /**
   * Time between two runs of the job.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#retention
   */
  readonly interval: string;
}
/** Settings of `federation` in homeserver.yaml. */
export interface FederationSettings {
  /**
   * Time limit of a request.
   *
   * A duration such as `'10m'`.
   *
   * @default '60s'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly client_timeout?: string;
  /**
   * Longest pause between retries of a request that a user waits for.
   *
   * A duration such as `'10m'`.
   *
   * @default '2s'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly max_short_retry_delay?: string;
  /**
   * Longest pause between retries of a transaction.
   *
   * A duration such as `'10m'`.
   *
   * @default '60s'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly max_long_retry_delay?: string;
  /**
   * Retries of a request that a user waits for.
   *
   * @default 3
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly max_short_retries?: number;
  /**
   * Retries of a transaction.
   *
   * @default 10
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly max_long_retries?: number;
  /**
   * First pause before a server that failed is tried again.
   *
   * A duration such as `'10m'`.
   *
   * @default '10m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly destination_min_retry_interval?: string;
  /**
   * Factor by which the pause grows.
   *
   * @default 2
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly destination_retry_multiplier?: number;
  /**
   * Longest pause before a server that failed is tried again.
   *
   * A duration such as `'10m'`.
   *
   * @default '1w'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#federation
   */
  readonly destination_max_retry_interval?: string;
}
/** Settings of `caches` in homeserver.yaml. */
export interface CachesSettings {
  /**
   * Factor for all caches.
   *
   * @default 0.5
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly global_factor?: number;
  /**
   * Factors by the name of the cache.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly per_cache_factors?: {
    readonly [k: string]: number;
  };
  /**
   * Whether entries that are not used expire.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly expire_caches?: boolean;
  /**
   * Time after which they do.
   *
   * A duration such as `'10m'`.
   *
   * @default '30m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly cache_entry_ttl?: string;
  /**
   * How long the answer to a sync is kept for a client that repeats it.
   *
   * A duration such as `'10m'`.
   *
   * @default '2m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly sync_response_cache_duration?: string;
  /**
   * Evicts entries by the use of memory; takes jemalloc.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly cache_autotuning?: CachesCacheAutotuningSettings;
}
/** Settings of `caches.cache_autotuning` in homeserver.yaml. */
export interface CachesCacheAutotuningSettings {
  /**
   * Use of memory from which entries are evicted.
   *
   * A size such as `'50M'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly max_cache_memory_usage: string;
  /**
   * Use of memory down to which they are.
   *
   * A size such as `'50M'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly target_cache_memory_usage: string;
  /**
   * Age below which no entry is evicted.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#caches
   */
  readonly min_cache_ttl: string;
}
/** One database of homeserver.yaml. */
export interface DatabaseSettings {
  /**
   * Driver: `psycopg2` for PostgreSQL.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly name: 'sqlite3' | 'psycopg2';
  /**
   * Arguments of the connection.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly args?: {
    readonly [k: string]: unknown;
  };
  /**
   * Transactions after which a connection is renewed; 0 for never.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly txn_limit?: number;
  /**
   * Time limit of a statement, in milliseconds.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly statement_timeout?: number;
  /**
   * Whether a commit waits until it is on disk.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly synchronous_commit?: boolean;
  /**
   * Whether a database with a locale other than C is accepted.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly allow_unsafe_locale?: boolean;
  /**
   * Which data is in this database.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#database
   */
  readonly data_stores?: ('state' | 'main')[];
}
/** One rate limit of homeserver.yaml. */
export interface RateLimitSettings {
  /**
   * Requests in a second in the long run.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message
   */
  readonly per_second?: number;
  /**
   * Requests at once before the limit applies.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_message
   */
  readonly burst_count?: number;
}
/** Settings of `rc_login` in homeserver.yaml. */
export interface RcLoginSettings {
  /**
   * By the address of the client.
   *
   * @default {"per_second":0.003,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_login
   */
  readonly address?: RateLimitSettings;
  /**
   * By the account.
   *
   * @default {"per_second":0.003,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_login
   */
  readonly account?: RateLimitSettings;
  /**
   * By the account, counting only failures.
   *
   * @default {"per_second":0.17,"burst_count":3}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_login
   */
  readonly failed_attempts?: RateLimitSettings;
}
/** Settings of `rc_joins` in homeserver.yaml. */
export interface RcJoinsSettings {
  /**
   * Rooms in which this server already is.
   *
   * @default {"per_second":0.1,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_joins
   */
  readonly local?: RateLimitSettings;
  /**
   * Rooms of other servers.
   *
   * @default {"per_second":0.01,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_joins
   */
  readonly remote?: RateLimitSettings;
}
/** Settings of `rc_invites` in homeserver.yaml. */
export interface RcInvitesSettings {
  /**
   * Into a room.
   *
   * @default {"per_second":0.3,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_invites
   */
  readonly per_room?: RateLimitSettings;
  /**
   * To a user.
   *
   * @default {"per_second":0.003,"burst_count":5}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_invites
   */
  readonly per_user?: RateLimitSettings;
  /**
   * From a user.
   *
   * @default {"per_second":0.3,"burst_count":10}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_invites
   */
  readonly per_issuer?: RateLimitSettings;
}
/** Settings of `rc_federation` in homeserver.yaml. */
export interface RcFederationSettings {
  /**
   * Window of time that is looked at, in milliseconds.
   *
   * @default 1000
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly window_size?: number;
  /**
   * Requests in the window from which further ones are delayed.
   *
   * @default 10
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly sleep_limit?: number;
  /**
   * That delay, in milliseconds.
   *
   * @default 500
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly sleep_delay?: number;
  /**
   * Requests waiting from which further ones are refused.
   *
   * @default 50
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly reject_limit?: number;
  /**
   * Requests handled at the same time.
   *
   * @default 3
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_federation
   */
  readonly concurrent?: number;
}
/** Settings of `rc_presence` in homeserver.yaml. */
export interface RcPresenceSettings {
  /**
   * Of a user.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#rc_presence
   */
  readonly per_user?: RateLimitSettings;
}
/** Settings of `media_storage_providers` in homeserver.yaml. */
export interface MediaStorageProviderSettings {
  /**
   * Python path of the class.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly module: string;
  /**
   * Whether media of local users is stored there.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly store_local?: boolean;
  /**
   * Whether copies of media of other servers are stored there.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly store_remote?: boolean;
  /**
   * Whether an upload waits until it is stored there.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly store_synchronous?: boolean;
  /**
   * Settings of the module itself.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_storage_providers
   */
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `media_upload_limits` in homeserver.yaml. */
export interface MediaUploadLimitSettings {
  /**
   * Time in which uploads are added up.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_upload_limits
   */
  readonly time_period: string;
  /**
   * Most that a user may upload in it.
   *
   * A size such as `'50M'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_upload_limits
   */
  readonly max_size: string;
  /**
   * Page that explains the limit to the user.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_upload_limits
   */
  readonly info_uri?: string;
  /**
   * Whether clients may tell that the limit can be raised.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_upload_limits
   */
  readonly can_upgrade?: boolean;
}
/** Settings of `thumbnail_sizes` in homeserver.yaml. */
export interface ThumbnailSizeSettings {
  /**
   * Width in pixels.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#thumbnail_sizes
   */
  readonly width: number;
  /**
   * Height in pixels.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#thumbnail_sizes
   */
  readonly height: number;
  /**
   * Whether the image is cropped or scaled.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#thumbnail_sizes
   */
  readonly method: 'crop' | 'scale';
}
/** Settings of `media_retention` in homeserver.yaml. */
export interface MediaRetentionSettings {
  /**
   * Media of local users.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_retention
   */
  readonly local_media_lifetime?: string;
  /**
   * Copies of media of other servers, which are fetched again on demand.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#media_retention
   */
  readonly remote_media_lifetime?: string;
}
/** Settings of `url_preview_url_blacklist` in homeserver.yaml. */
export interface UrlPreviewUrlBlacklistSettings {
  /**
   * Scheme: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly scheme?: string;
  /**
   * Netloc: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly netloc?: string;
  /**
   * Path: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly path?: string;
  /**
   * Params: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly params?: string;
  /**
   * Query: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly query?: string;
  /**
   * Fragment: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly fragment?: string;
  /**
   * Username: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly username?: string;
  /**
   * Password: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly password?: string;
  /**
   * Hostname: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly hostname?: string;
  /**
   * Port: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#url_preview_url_blacklist
   */
  readonly port?: string;
}
/** Settings of `oembed` in homeserver.yaml. */
export interface OembedSettings {
  /**
   * Whether Synapse's own list of providers is ignored.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oembed
   */
  readonly disable_default_providers?: boolean;
  /**
   * Files with further providers.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oembed
   */
  readonly additional_providers?: string[];
}
/** Settings of `matrix_rtc` in homeserver.yaml. */
export interface MatrixRtcSettings {
  /**
   * Media servers that clients are told of.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_rtc
   */
  readonly transports?: MatrixRtcTransportSettings[];
}
/** Settings of `matrix_rtc.transports` in homeserver.yaml. */
export interface MatrixRtcTransportSettings {
  /**
   * Kind of media server, such as `livekit`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_rtc
   */
  readonly type: string;
  /**
   * Url: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_rtc
   */
  readonly url?: string;
  /**
   * Address of the token service of LiveKit.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#matrix_rtc
   */
  readonly livekit_service_url?: string;
}
/** Settings of `allowed_local_3pids` in homeserver.yaml. */
export interface AllowedLocal3PidSettings {
  /**
   * Medium: one of the words below.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allowed_local_3pids
   */
  readonly medium?: 'email' | 'msisdn';
  /**
   * Regular expression that they match.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#allowed_local_3pids
   */
  readonly pattern?: string;
}
/** Settings of `account_threepid_delegates` in homeserver.yaml. */
export interface AccountThreepidDelegatesSettings {
  /**
   * Msisdn: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#account_threepid_delegates
   */
  readonly msisdn?: string;
}
/** Settings of `ui_auth` in homeserver.yaml. */
export interface UiAuthSettings {
  /**
   * How long a confirmation is valid for further actions.
   *
   * A duration such as `'10m'`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#ui_auth
   */
  readonly session_timeout?: string;
}
/** Settings of `login_via_existing_session` in homeserver.yaml. */
export interface LoginViaExistingSessionSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#login_via_existing_session
   */
  readonly enabled?: boolean;
  /**
   * Whether the user has to confirm it.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#login_via_existing_session
   */
  readonly require_ui_auth?: boolean;
  /**
   * How long the login token is valid.
   *
   * A duration such as `'10m'`.
   *
   * @default '5m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#login_via_existing_session
   */
  readonly token_timeout?: string;
}
/** Settings of `sentry` in homeserver.yaml. */
export interface SentrySettings {
  /**
   * Address with the key of the project.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sentry
   */
  readonly dsn: string;
  /**
   * Name of this installation there.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sentry
   */
  readonly environment?: string;
}
/** Settings of `metrics_flags` in homeserver.yaml. */
export interface MetricsFlagsSettings {
  /**
   * Number of servers that share a room with this one.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#metrics_flags
   */
  readonly known_servers?: boolean;
}
/** Settings of `room_prejoin_state` in homeserver.yaml. */
export interface RoomPrejoinStateSettings {
  /**
   * Whether Synapse's own list of event types is ignored.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_prejoin_state
   */
  readonly disable_default_event_types?: boolean;
  /**
   * Further event types, each alone or with a state key.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_prejoin_state
   */
  readonly additional_event_types?: (string | string[])[];
}
/** Settings of `old_signing_keys` in homeserver.yaml. */
export interface OldSigningKeySettings {
  /**
   * Public key in base64.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#old_signing_keys
   */
  readonly key: string;
  /**
   * Since when it is not used, in milliseconds since 1970.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#old_signing_keys
   */
  readonly expired_ts: number;
}
/** Settings of `trusted_key_servers` in homeserver.yaml. */
export interface TrustedKeyServerSettings {
  /**
   * Server name: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#trusted_key_servers
   */
  readonly server_name: string;
  /**
   * Their own public keys, by ID.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#trusted_key_servers
   */
  readonly verify_keys?: {
    readonly [k: string]: string;
  };
  /**
   * Whether answers without a valid signature are accepted.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#trusted_key_servers
   */
  readonly accept_keys_insecurely?: boolean;
}
/** Settings of `saml2_config` in homeserver.yaml. */
export interface Saml2ConfigSettings {
  /**
   * Idp name: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly idp_name?: string;
  /**
   * Idp icon: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly idp_icon?: string;
  /**
   * Idp brand: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly idp_brand?: string;
  /**
   * Sp config: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly sp_config?: {
    readonly [k: string]: unknown;
  };
  /**
   * Config path: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly config_path?: string;
  /**
   * Saml session lifetime.
   *
   * A duration such as `'10m'`.
   *
   * @default '15m'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly saml_session_lifetime?: string;
  /**
   * User mapping provider: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly user_mapping_provider?: Saml2ConfigUserMappingProviderSettings;
  /**
   * Grandfathered mxid source attribute: text.
   *
   * @default 'uid'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly grandfathered_mxid_source_attribute?: string;
  /**
   * Attribute requirements: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly attribute_requirements?: Saml2ConfigAttributeRequirementSettings[];
  /**
   * Idp entityid: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly idp_entityid?: string;
  /**
   * Enabled: true or false.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly enabled?: boolean;
}
/** Settings of `saml2_config.user_mapping_provider` in homeserver.yaml. */
export interface Saml2ConfigUserMappingProviderSettings {
  /**
   * Module: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly module?: string;
  /**
   * Config: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `saml2_config.attribute_requirements` in homeserver.yaml. */
export interface Saml2ConfigAttributeRequirementSettings {
  /**
   * Attribute: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly attribute: string;
  /**
   * Value: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly value?: string;
  /**
   * One of: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#saml2_config
   */
  readonly one_of?: string[];
}
/** Settings of `oidc_providers` in homeserver.yaml. */
export interface OidcProviderSettings {
  /**
   * ID of the provider in URLs; it can never change.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly idp_id: string;
  /**
   * Name on the login page.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly idp_name: string;
  /**
   * Icon on the login page, as an `mxc://` URI.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly idp_icon?: string;
  /**
   * Brand, by which clients choose a style.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly idp_brand?: string;
  /**
   * Whether the provider's endpoints are discovered.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly discover?: boolean;
  /**
   * Address of the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly issuer: string;
  /**
   * ID of this server at the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly client_id: string;
  /**
   * Secret of this server at the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly client_secret?: string;
  /**
   * File of the secret of this server at the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly client_secret_path?: string;
  /**
   * Key that signs a token in place of a secret.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly client_secret_jwt_key?: OidcProviderClientSecretJwtKeySettings;
  /**
   * How this server authenticates at the provider.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly client_auth_method?: 'client_secret_basic' | 'client_secret_post' | 'none';
  /**
   * Whether logins are protected by PKCE.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly pkce_method?: 'auto' | 'always' | 'never';
  /**
   * Id token signing alg values supported: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly id_token_signing_alg_values_supported?: string[];
  /**
   * Scopes that are requested.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly scopes?: string[];
  /**
   * Page of the login, unless it is discovered.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly authorization_endpoint?: string;
  /**
   * Endpoint of tokens, unless it is discovered.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly token_endpoint?: string;
  /**
   * Endpoint of data about the user, unless it is discovered.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly userinfo_endpoint?: string;
  /**
   * Public keys of the provider, unless they are discovered.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly jwks_uri?: string;
  /**
   * Whether metadata of the provider is not checked.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly skip_verification?: boolean;
  /**
   * Where data about the user comes from.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly user_profile_method?: 'auto' | 'userinfo_endpoint';
  /**
   * Address to which the provider leads back.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly redirect_uri?: string;
  /**
   * Additional authorization parameters: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly additional_authorization_parameters?: {
    readonly [k: string]: string;
  };
  /**
   * Passthrough authorization parameters: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly passthrough_authorization_parameters?: string[];
  /**
   * Whether a login can take over an account of the same name.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly allow_existing_users?: boolean;
  /**
   * Whether the first login creates an account.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly enable_registration?: boolean;
  /**
   * How data about the user becomes an account.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly user_mapping_provider?: OidcProviderUserMappingProviderSettings;
  /**
   * Whether the provider can end sessions.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly backchannel_logout_enabled?: boolean;
  /**
   * Whether a logout ends sessions of another subject too.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly backchannel_logout_ignore_sub?: boolean;
  /**
   * What data about the user must contain to log in.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly attribute_requirements?: OidcProviderAttributeRequirementSettings[];
}
/** Settings of `oidc_providers.client_secret_jwt_key` in homeserver.yaml. */
export interface OidcProviderClientSecretJwtKeySettings {
  /**
   * Key: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly key?: string;
  /**
   * Key file: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly key_file?: string;
  /**
   * Jwt header: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly jwt_header: OidcProviderClientSecretJwtKeyJwtHeaderSettings;
  /**
   * Jwt payload: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly jwt_payload?: {
    readonly [k: string]: string;
  };
}
/** Settings of `oidc_providers.client_secret_jwt_key.jwt_header` in homeserver.yaml. */
export interface OidcProviderClientSecretJwtKeyJwtHeaderSettings {
  /**
   * Alg: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly alg: string;
  readonly [k: string]: string;
}
/** Settings of `oidc_providers.user_mapping_provider` in homeserver.yaml. */
export interface OidcProviderUserMappingProviderSettings {
  /**
   * Module: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly module?: string;
  /**
   * Config: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `oidc_providers.attribute_requirements` in homeserver.yaml. */
export interface OidcProviderAttributeRequirementSettings {
  /**
   * Attribute: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly attribute: string;
  /**
   * Value: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly value?: string;
  /**
   * One of: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#oidc_providers
   */
  readonly one_of?: string[];
}
/** Settings of `cas_config` in homeserver.yaml. */
export interface CasConfigSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly enabled?: boolean;
  /**
   * Idp name: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly idp_name?: string;
  /**
   * Idp icon: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly idp_icon?: string;
  /**
   * Idp brand: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly idp_brand?: string;
  /**
   * Address of the CAS server.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly server_url?: string;
  /**
   * Protocol version: one of the words below.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly protocol_version?: 1 | 2 | 3;
  /**
   * Displayname attribute: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly displayname_attribute?: string;
  /**
   * What data about the user must contain to log in; null for any value.
   *
   * @default {}
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly required_attributes?: {
    readonly [k: string]: string;
  };
  /**
   * Enable registration: true or false.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly enable_registration?: boolean;
  /**
   * Allow numeric ids: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly allow_numeric_ids?: boolean;
  /**
   * Numeric ids prefix: text.
   *
   * @default 'u'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#cas_config
   */
  readonly numeric_ids_prefix?: string;
}
/** Settings of `sso` in homeserver.yaml. */
export interface SsoSettings {
  /**
   * Web clients that need no confirmation, by the beginning of their address.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sso
   */
  readonly client_whitelist?: string[];
  /**
   * Whether each login takes the display name from the provider.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#sso
   */
  readonly update_profile_information?: boolean;
}
/** Settings of `jwt_config` in homeserver.yaml. */
export interface JwtConfigSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly enabled?: boolean;
  /**
   * Key that verifies the token.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly secret?: string;
  /**
   * Algorithm that verifies the token, such as `HS256`.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly algorithm?: string;
  /**
   * Claim with the name of the user.
   *
   * @default 'sub'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly subject_claim?: string | null;
  /**
   * Display name claim: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly display_name_claim?: string;
  /**
   * Issuer: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly issuer?: string;
  /**
   * Audiences: a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#jwt_config
   */
  readonly audiences?: string[];
}
/** Settings of `password_config` in homeserver.yaml. */
export interface PasswordConfigSettings {
  /**
   * On, off, or only for confirmations.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly enabled?: boolean | 'only_for_reauth';
  /**
   * Whether passwords in Synapse's own database count.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly localdb_enabled?: boolean;
  /**
   * Secret that is mixed into every hash; it can never change.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly pepper?: string;
  /**
   * What a password must contain.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly policy?: PasswordConfigPolicySettings;
}
/** Settings of `password_config.policy` in homeserver.yaml. */
export interface PasswordConfigPolicySettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly enabled?: boolean;
  /**
   * Minimum length: a whole number.
   *
   * @default 0
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly minimum_length?: number;
  /**
   * Require digit: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly require_digit?: boolean;
  /**
   * Require symbol: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly require_symbol?: boolean;
  /**
   * Require lowercase: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly require_lowercase?: boolean;
  /**
   * Require uppercase: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#password_config
   */
  readonly require_uppercase?: boolean;
}
/** Settings of `push` in homeserver.yaml. */
export interface PushSettings {
  /**
   * Whether they are sent.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push
   */
  readonly enabled?: boolean;
  /**
   * Whether they contain the message.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push
   */
  readonly include_content?: boolean;
  /**
   * Whether they count rooms with unread messages instead of messages.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push
   */
  readonly group_unread_count_by_room?: boolean;
  /**
   * Random delay, so that the time of a message cannot be told from it.
   *
   * A duration such as `'10m'`.
   *
   * @default '0s'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push
   */
  readonly jitter_delay?: string;
}
/** Settings of `push_rules` in homeserver.yaml. */
export interface PushRulesSettings {
  /**
   * Limits of the rules of a user.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push_rules
   */
  readonly limits?: PushRulesLimitsSettings;
}
/** Settings of `push_rules.limits` in homeserver.yaml. */
export interface PushRulesLimitsSettings {
  /**
   * Rule count: a whole number.
   *
   * @default 10000
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push_rules
   */
  readonly rule_count?: number;
  /**
   * Rule id length: a whole number.
   *
   * @default 300
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push_rules
   */
  readonly rule_id_length?: number;
  /**
   * Rule size: a whole number.
   *
   * @default 1024
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#push_rules
   */
  readonly rule_size?: number;
}
/** Settings of `user_directory` in homeserver.yaml. */
export interface UserDirectorySettings {
  /**
   * Enabled: true or false.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly enabled?: boolean;
  /**
   * Whether it finds users who share no room.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly search_all_users?: boolean;
  /**
   * Prefer local users: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly prefer_local_users?: boolean;
  /**
   * Exclude remote users: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly exclude_remote_users?: boolean;
  /**
   * Show locked users: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_directory
   */
  readonly show_locked_users?: boolean;
}
/** Settings of `user_consent` in homeserver.yaml. */
export interface UserConsentSettings {
  /**
   * Folder of the page with the policy.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly template_dir: string;
  /**
   * Version of the policy to agree to.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly version: number;
  /**
   * Server notice content: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly server_notice_content?: UserConsentServerNoticeContentSettings;
  /**
   * Send server notice to guests: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly send_server_notice_to_guests?: boolean;
  /**
   * Block events error: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly block_events_error?: string;
  /**
   * Require at registration: true or false.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly require_at_registration?: boolean;
  /**
   * Policy name: text.
   *
   * @default 'Privacy Policy'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly policy_name?: string;
}
/** Settings of `user_consent.server_notice_content` in homeserver.yaml. */
export interface UserConsentServerNoticeContentSettings {
  /**
   * Msgtype: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly msgtype?: string;
  /**
   * Body: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#user_consent
   */
  readonly body?: string;
}
/** Settings of `stats` in homeserver.yaml. */
export interface StatsSettings {
  /**
   * Enabled: true or false.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stats
   */
  readonly enabled?: boolean;
}
/** Settings of `server_notices` in homeserver.yaml. */
export interface ServerNoticesSettings {
  /**
   * Display name of that user.
   *
   * @default 'Notices'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly system_mxid_display_name?: string;
  /**
   * System mxid avatar url: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly system_mxid_avatar_url?: string;
  /**
   * Room name: text.
   *
   * @default 'Server Notices'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly room_name?: string;
  /**
   * Room avatar url: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly room_avatar_url?: string;
  /**
   * Room topic: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly room_topic?: string;
  /**
   * Whether users join the room without being asked.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly auto_join?: boolean;
  /**
   * User who sends them, without `@` and server name.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#server_notices
   */
  readonly system_mxid_localpart: string;
}
/** Settings of `alias_creation_rules` in homeserver.yaml. */
export interface AliasCreationRuleSettings {
  /**
   * User id: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#alias_creation_rules
   */
  readonly user_id?: string;
  /**
   * Alias: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#alias_creation_rules
   */
  readonly alias?: string;
  /**
   * Room id: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#alias_creation_rules
   */
  readonly room_id?: string;
  /**
   * Action: one of the words below.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#alias_creation_rules
   */
  readonly action: 'allow' | 'deny';
}
/** Settings of `room_list_publication_rules` in homeserver.yaml. */
export interface RoomListPublicationRuleSettings {
  /**
   * User id: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_list_publication_rules
   */
  readonly user_id?: string;
  /**
   * Alias: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_list_publication_rules
   */
  readonly alias?: string;
  /**
   * Room id: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_list_publication_rules
   */
  readonly room_id?: string;
  /**
   * Action: one of the words below.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#room_list_publication_rules
   */
  readonly action: 'allow' | 'deny';
}
/** Settings of `default_power_level_content_override` in homeserver.yaml. */
export interface DefaultPowerLevelContentOverrideSettings {
  /**
   * Private chat: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_power_level_content_override
   */
  readonly private_chat?: {
    readonly [k: string]: unknown;
  };
  /**
   * Trusted private chat: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_power_level_content_override
   */
  readonly trusted_private_chat?: {
    readonly [k: string]: unknown;
  };
  /**
   * Public chat: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#default_power_level_content_override
   */
  readonly public_chat?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `opentracing` in homeserver.yaml. */
export interface OpentracingSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#opentracing
   */
  readonly enabled?: boolean;
  /**
   * Homeserver whitelist: a list.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#opentracing
   */
  readonly homeserver_whitelist?: string[];
  /**
   * Force tracing for users: a list.
   *
   * @default []
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#opentracing
   */
  readonly force_tracing_for_users?: string[];
  /**
   * Jaeger config: a mapping.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#opentracing
   */
  readonly jaeger_config?: {
    readonly [k: string]: unknown;
  };
}
/** Settings of `instance_map` in homeserver.yaml. */
export interface InstanceMapSettings {
  /**
   * Host: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#instance_map
   */
  readonly host?: string;
  /**
   * Port: a whole number.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#instance_map
   */
  readonly port?: number;
  /**
   * Tls: true or false.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#instance_map
   */
  readonly tls?: boolean;
  /**
   * Path: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#instance_map
   */
  readonly path?: string;
}
/** Settings of `stream_writers` in homeserver.yaml. */
export interface StreamWritersSettings {
  /**
   * Events: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly events?: string[];
  /**
   * Typing: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly typing?: string[];
  /**
   * To device: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly to_device?: string[];
  /**
   * Account data: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly account_data?: string[];
  /**
   * Receipts: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly receipts?: string[];
  /**
   * Presence: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly presence?: string[];
  /**
   * Push rules: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly push_rules?: string[];
  /**
   * Device lists: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly device_lists?: string[];
  /**
   * Thread subscriptions: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly thread_subscriptions?: string[];
  /**
   * Quarantined media changes: text or a list.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#stream_writers
   */
  readonly quarantined_media_changes?: string[];
}
/** Settings of `redis` in homeserver.yaml. */
export interface RedisSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly enabled?: boolean;
  /**
   * Host: text.
   *
   * @default 'localhost'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly host?: string;
  /**
   * Port: a whole number.
   *
   * @default 6379
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly port?: number;
  /**
   * Path: text.
   *
   * @default '/tmp/redis.sock'
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly path?: string;
  /**
   * Username: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly username?: string;
  /**
   * Password: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly password?: string;
  /**
   * Password path: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly password_path?: string;
  /**
   * Dbid: a whole number or text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly dbid?: number;
  /**
   * Use tls: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly use_tls?: boolean;
  /**
   * Certificate file: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly certificate_file?: string;
  /**
   * Private key file: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly private_key_file?: string;
  /**
   * Ca file: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly ca_file?: string;
  /**
   * Ca path: text.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#redis
   */
  readonly ca_path?: string;
}
/** Settings of `background_updates` in homeserver.yaml. */
export interface BackgroundUpdatesSettings {
  /**
   * Background update duration ms: a whole number.
   *
   * @default 100
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly background_update_duration_ms?: number;
  /**
   * Sleep enabled: true or false.
   *
   * @default true
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly sleep_enabled?: boolean;
  /**
   * Sleep duration ms: a whole number.
   *
   * @default 1000
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly sleep_duration_ms?: number;
  /**
   * Min batch size: a whole number.
   *
   * @default 1
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly min_batch_size?: number;
  /**
   * Default batch size: a whole number.
   *
   * @default 100
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#background_updates
   */
  readonly default_batch_size?: number;
}
/** Settings of `task_scheduler` in homeserver.yaml. */
export interface TaskSchedulerSettings {
  /**
   * Tasks that run at the same time.
   *
   * @default 5
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#task_scheduler
   */
  readonly max_concurrent_tasks?: number;
}
/** Settings of `auto_accept_invites` in homeserver.yaml. */
export interface AutoAcceptInvitesSettings {
  /**
   * Enabled: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_accept_invites
   */
  readonly enabled?: boolean;
  /**
   * Only for direct messages: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_accept_invites
   */
  readonly only_for_direct_messages?: boolean;
  /**
   * Only from local users: true or false.
   *
   * @default false
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_accept_invites
   */
  readonly only_from_local_users?: boolean;
  /**
   * Worker that accepts them.
   *
   * @see https://element-hq.github.io/synapse/latest/usage/configuration/config_documentation.html#auto_accept_invites
   */
  readonly worker_to_run_on?: string;
}
/** Settings of `experimental_features` in homeserver.yaml. */
export interface ExperimentalFeaturesSettings {
  /**
   * MSC1763.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/1763
   */
  readonly msc1763_enabled?: boolean;
  /**
   * MSC1767.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/1767
   */
  readonly msc1767_enabled?: boolean;
  /**
   * MSC2409: to device messages enabled.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/2409
   */
  readonly msc2409_to_device_messages_enabled?: boolean;
  /**
   * MSC2654.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/2654
   */
  readonly msc2654_enabled?: boolean;
  /**
   * MSC2815.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/2815
   */
  readonly msc2815_enabled?: boolean;
  /**
   * MSC3026.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3026
   */
  readonly msc3026_enabled?: boolean;
  /**
   * MSC3202: transaction extensions.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3202
   */
  readonly msc3202_transaction_extensions?: boolean;
  /**
   * MSC3381: polls enabled.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3381
   */
  readonly msc3381_polls_enabled?: boolean;
  /**
   * MSC3391.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3391
   */
  readonly msc3391_enabled?: boolean;
  /**
   * MSC3575.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3575
   */
  readonly msc3575_enabled?: boolean;
  /**
   * MSC3664.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3664
   */
  readonly msc3664_enabled?: boolean;
  /**
   * MSC3720.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3720
   */
  readonly msc3720_enabled?: boolean;
  /**
   * MSC3773.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3773
   */
  readonly msc3773_enabled?: boolean;
  /**
   * MSC3814.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3814
   */
  readonly msc3814_enabled?: boolean;
  /**
   * MSC3848.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3848
   */
  readonly msc3848_enabled?: boolean;
  /**
   * MSC3874.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3874
   */
  readonly msc3874_enabled?: boolean;
  /**
   * MSC3881.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3881
   */
  readonly msc3881_enabled?: boolean;
  /**
   * MSC3890.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3890
   */
  readonly msc3890_enabled?: boolean;
  /**
   * MSC3912.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3912
   */
  readonly msc3912_enabled?: boolean;
  /**
   * MSC3983: appservice otk claims.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3983
   */
  readonly msc3983_appservice_otk_claims?: boolean;
  /**
   * MSC3984: appservice key query.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3984
   */
  readonly msc3984_appservice_key_query?: boolean;
  /**
   * MSC4028: push encrypted events.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4028
   */
  readonly msc4028_push_encrypted_events?: boolean;
  /**
   * MSC4069: profile inhibit propagation.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4069
   */
  readonly msc4069_profile_inhibit_propagation?: boolean;
  /**
   * MSC4075.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4075
   */
  readonly msc4075_enabled?: boolean;
  /**
   * MSC4076.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4076
   */
  readonly msc4076_enabled?: boolean;
  /**
   * MSC4108.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4108
   */
  readonly msc4108_enabled?: boolean;
  /**
   * MSC4133.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4133
   */
  readonly msc4133_enabled?: boolean;
  /**
   * MSC4143.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4143
   */
  readonly msc4143_enabled?: boolean;
  /**
   * MSC4155.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4155
   */
  readonly msc4155_enabled?: boolean;
  /**
   * MSC4169.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4169
   */
  readonly msc4169_enabled?: boolean;
  /**
   * MSC4210.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4210
   */
  readonly msc4210_enabled?: boolean;
  /**
   * MSC4222.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4222
   */
  readonly msc4222_enabled?: boolean;
  /**
   * MSC4235.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4235
   */
  readonly msc4235_enabled?: boolean;
  /**
   * MSC4242.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4242
   */
  readonly msc4242_enabled?: boolean;
  /**
   * MSC4263: limit key queries to users who share rooms.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4263
   */
  readonly msc4263_limit_key_queries_to_users_who_share_rooms?: boolean;
  /**
   * MSC4267.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4267
   */
  readonly msc4267_enabled?: boolean;
  /**
   * MSC4277.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4277
   */
  readonly msc4277_enabled?: boolean;
  /**
   * MSC4293.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4293
   */
  readonly msc4293_enabled?: boolean;
  /**
   * MSC4306.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4306
   */
  readonly msc4306_enabled?: boolean;
  /**
   * MSC4354.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4354
   */
  readonly msc4354_enabled?: boolean;
  /**
   * MSC4370.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4370
   */
  readonly msc4370_enabled?: boolean;
  /**
   * MSC4446.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4446
   */
  readonly msc4446_enabled?: boolean;
  /**
   * MSC4450.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4450
   */
  readonly msc4450_enabled?: boolean;
  /**
   * MSC4452.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4452
   */
  readonly msc4452_enabled?: boolean;
  /**
   * MSC4491.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4491
   */
  readonly msc4491_enabled?: boolean;
  /**
   * MSC4502.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4502
   */
  readonly msc4502_enabled?: boolean;
  /**
   * MSC4512.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4512
   */
  readonly msc4512_enabled?: boolean;
  /**
   * MSC3866.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3866
   */
  readonly msc3866?: ExperimentalFeaturesMsc3866Settings;
  /**
   * MSC4108: delegation endpoint.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4108
   */
  readonly msc4108_delegation_endpoint?: string;
  /**
   * MSC4140: max delayed events per user.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4140
   */
  readonly msc4140_max_delayed_events_per_user?: number;
  /**
   * MSC4388: mode.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/4388
   */
  readonly msc4388_mode?: 'off' | 'open' | 'authenticated';
}
/** Settings of `experimental_features.msc3866` in homeserver.yaml. */
export interface ExperimentalFeaturesMsc3866Settings {
  /**
   * Enabled: true or false.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3866
   */
  readonly enabled?: boolean;
  /**
   * Require approval for new accounts: true or false.
   *
   * @see https://github.com/matrix-org/matrix-spec-proposals/pull/3866
   */
  readonly require_approval_for_new_accounts?: boolean;
}
