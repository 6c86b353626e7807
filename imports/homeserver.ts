// Generated from synapse-config.schema.json by "npm run import", do not edit.

/** Everything that may stand in homeserver.yaml, each name spelt as Synapse spells it. */
export interface HomeserverSettings {
  readonly modules?: ModuleSettings[];
  readonly server_name?: string;
  readonly pid_file?: string;
  readonly daemonize?: boolean;
  readonly print_pidfile?: boolean;
  readonly user_agent_suffix?: string;
  readonly use_frozen_dicts?: boolean;
  readonly web_client_location?: string;
  readonly public_baseurl?: string;
  readonly serve_server_wellknown?: boolean;
  readonly extra_well_known_client_content?: {
    readonly [k: string]: unknown;
  };
  readonly soft_file_limit?: number;
  readonly presence?: PresenceSettings;
  readonly require_auth_for_profile_requests?: boolean;
  readonly limit_profile_requests_to_users_who_share_rooms?: boolean;
  readonly include_profile_updates_in_sync?: boolean;
  readonly include_profile_data_on_invite?: boolean;
  readonly allow_public_rooms_without_auth?: boolean;
  readonly allow_public_rooms_over_federation?: boolean;
  readonly default_room_version?: string;
  readonly gc_thresholds?: number[];
  readonly gc_min_interval?: string[];
  readonly filter_timeline_limit?: number;
  readonly block_non_admin_invites?: boolean;
  readonly enable_search?: boolean;
  readonly ip_range_blacklist?: string[];
  readonly ip_range_whitelist?: string[];
  readonly listeners?: ListenerSettings[];
  readonly manhole?: number;
  readonly manhole_settings?: ManholeSettings;
  readonly http_proxy?: string;
  readonly https_proxy?: string;
  readonly no_proxy_hosts?: string[];
  readonly matrix_authentication_service?: MatrixAuthenticationServiceSettings;
  readonly dummy_events_threshold?: number;
  readonly delete_stale_devices_after?: string;
  readonly email?: EmailSettings;
  readonly max_event_delay_duration?: string;
  readonly user_types?: UserTypesSettings;
  readonly admin_contact?: string;
  readonly hs_disabled?: boolean;
  readonly hs_disabled_message?: string;
  readonly limit_usage_by_mau?: boolean;
  readonly max_mau_value?: number;
  readonly mau_trial_days?: number;
  readonly mau_appservice_trial_days?: {
    readonly [k: string]: number;
  };
  readonly mau_limit_alerting?: boolean;
  readonly mau_stats_only?: boolean;
  readonly mau_limit_reserved_threepids?: MauLimitReservedThreepidSettings[];
  readonly server_context?: string;
  readonly limit_remote_rooms?: LimitRemoteRoomsSettings;
  readonly require_membership_for_aliases?: boolean;
  readonly allow_per_room_profiles?: boolean;
  readonly max_avatar_size?: string;
  readonly allowed_avatar_mimetypes?: string[];
  readonly redaction_retention_period?: string | null;
  readonly redaction_allowed_period?: string;
  readonly forgotten_room_retention_period?: string;
  readonly user_ips_max_age?: string | null;
  readonly request_token_inhibit_3pid_errors?: boolean;
  readonly next_link_domain_whitelist?: string[];
  readonly templates?: TemplatesSettings;
  readonly retention?: RetentionSettings;
  readonly tls_certificate_path?: string;
  readonly tls_private_key_path?: string;
  readonly federation_verify_certificates?: boolean;
  readonly federation_client_minimum_tls_version?: string;
  readonly federation_certificate_verification_whitelist?: string[];
  readonly federation_custom_ca_list?: string[];
  readonly federation_domain_whitelist?: string[];
  readonly federation_whitelist_endpoint_enabled?: boolean;
  readonly federation_metrics_domains?: string[];
  readonly allow_profile_lookup_over_federation?: boolean;
  readonly allow_device_name_lookup_over_federation?: boolean;
  readonly federation?: FederationSettings;
  readonly event_cache_size?: string;
  readonly caches?: CachesSettings;
  readonly database?: DatabaseSettings;
  readonly databases?: {
    readonly [k: string]: DatabaseSettings;
  };
  readonly log_config?: string;
  readonly rc_message?: RateLimitSettings;
  readonly rc_registration?: RateLimitSettings;
  readonly rc_registration_token_validity?: RateLimitSettings;
  readonly rc_login?: RcLoginSettings;
  readonly rc_admin_redaction?: RateLimitSettings;
  readonly rc_joins?: RcJoinsSettings;
  readonly rc_joins_per_room?: RateLimitSettings;
  readonly rc_3pid_validation?: RateLimitSettings;
  readonly rc_invites?: RcInvitesSettings;
  readonly rc_third_party_invite?: RateLimitSettings;
  readonly rc_media_create?: RateLimitSettings;
  readonly rc_federation?: RcFederationSettings;
  readonly rc_presence?: RcPresenceSettings;
  readonly rc_delayed_event_mgmt?: RateLimitSettings;
  readonly rc_reports?: RateLimitSettings;
  readonly rc_profile?: RateLimitSettings;
  readonly rc_room_creation?: RateLimitSettings;
  readonly rc_user_directory?: RateLimitSettings;
  readonly federation_rr_transactions_per_room_per_second?: number;
  readonly enable_authenticated_media?: boolean;
  readonly enable_media_repo?: boolean;
  readonly enable_local_media_storage?: boolean;
  readonly media_store_path?: string;
  readonly max_pending_media_uploads?: number;
  readonly unused_expiration_time?: string;
  readonly media_storage_providers?: MediaStorageProviderSettings[];
  readonly max_upload_size?: string;
  readonly media_upload_limits?: MediaUploadLimitSettings[];
  readonly max_image_pixels?: string;
  readonly remote_media_download_burst_count?: string;
  readonly remote_media_download_per_second?: string;
  readonly prevent_media_downloads_from?: string[];
  readonly dynamic_thumbnails?: boolean;
  readonly thumbnail_sizes?: ThumbnailSizeSettings[];
  readonly media_retention?: MediaRetentionSettings;
  readonly url_preview_enabled?: boolean;
  readonly url_preview_ip_range_blacklist?: string[];
  readonly url_preview_ip_range_whitelist?: string[];
  readonly url_preview_url_blacklist?: UrlPreviewUrlBlacklistSettings[];
  readonly max_spider_size?: string;
  readonly url_preview_accept_language?: string[];
  readonly oembed?: OembedSettings;
  readonly recaptcha_public_key?: string;
  readonly recaptcha_public_key_path?: string;
  readonly recaptcha_private_key?: string;
  readonly recaptcha_private_key_path?: string;
  readonly enable_registration_captcha?: boolean;
  readonly recaptcha_siteverify_api?: string;
  readonly turn_uris?: string[];
  readonly turn_shared_secret?: string;
  readonly turn_shared_secret_path?: string;
  readonly turn_username?: string;
  readonly turn_password?: string;
  readonly turn_user_lifetime?: string;
  readonly turn_allow_guests?: boolean;
  readonly matrix_rtc?: MatrixRtcSettings;
  readonly enable_registration?: boolean;
  readonly enable_registration_without_verification?: boolean;
  readonly registrations_require_3pid?: string[];
  readonly disable_msisdn_registration?: boolean;
  readonly allowed_local_3pids?: AllowedLocal3PidSettings[];
  readonly enable_3pid_lookup?: boolean;
  readonly registration_requires_token?: boolean;
  readonly registration_shared_secret?: string;
  readonly registration_shared_secret_path?: string;
  readonly bcrypt_rounds?: number;
  readonly allow_guest_access?: boolean;
  readonly default_identity_server?: string;
  readonly account_threepid_delegates?: AccountThreepidDelegatesSettings;
  readonly enable_set_displayname?: boolean;
  readonly enable_set_avatar_url?: boolean;
  readonly enable_3pid_changes?: boolean;
  readonly auto_join_rooms?: string[];
  readonly autocreate_auto_join_rooms?: boolean;
  readonly autocreate_auto_join_rooms_federated?: boolean;
  readonly autocreate_auto_join_room_preset?: 'public_chat' | 'private_chat' | 'trusted_private_chat';
  readonly auto_join_mxid_localpart?: string;
  readonly auto_join_rooms_for_guests?: boolean;
  readonly inhibit_user_in_use_error?: boolean;
  readonly session_lifetime?: string;
  readonly refreshable_access_token_lifetime?: string;
  readonly refresh_token_lifetime?: string;
  readonly nonrefreshable_access_token_lifetime?: string;
  readonly ui_auth?: UiAuthSettings;
  readonly login_via_existing_session?: LoginViaExistingSessionSettings;
  readonly enable_metrics?: boolean;
  readonly sentry?: SentrySettings;
  readonly metrics_flags?: MetricsFlagsSettings;
  readonly report_stats?: boolean;
  readonly report_stats_endpoint?: string;
  readonly room_prejoin_state?: RoomPrejoinStateSettings;
  readonly track_puppeted_user_ips?: boolean;
  readonly app_service_config_files?: string[];
  readonly track_appservice_user_ips?: boolean;
  readonly use_appservice_legacy_authorization?: boolean;
  readonly macaroon_secret_key?: string;
  readonly macaroon_secret_key_path?: string;
  readonly form_secret?: string;
  readonly form_secret_path?: string;
  readonly signing_key_path?: string;
  readonly old_signing_keys?: {
    readonly [k: string]: OldSigningKeySettings;
  };
  readonly key_refresh_interval?: string;
  readonly trusted_key_servers?: TrustedKeyServerSettings[];
  readonly suppress_key_server_warning?: boolean;
  readonly key_server_signing_keys_path?: string;
  readonly saml2_config?: Saml2ConfigSettings;
  readonly oidc_providers?: OidcProviderSettings[];
  readonly cas_config?: CasConfigSettings;
  readonly sso?: SsoSettings;
  readonly jwt_config?: JwtConfigSettings;
  readonly password_config?: PasswordConfigSettings;
  readonly push?: PushSettings;
  readonly push_rules?: PushRulesSettings;
  readonly encryption_enabled_by_default_for_room_type?: 'all' | 'invite' | 'off';
  readonly user_directory?: UserDirectorySettings;
  readonly user_consent?: UserConsentSettings;
  readonly stats?: StatsSettings;
  readonly server_notices?: ServerNoticesSettings;
  readonly enable_room_list_search?: boolean;
  readonly alias_creation_rules?: AliasCreationRuleSettings[];
  readonly room_list_publication_rules?: RoomListPublicationRuleSettings[];
  readonly default_power_level_content_override?: {
    readonly [k: string]: unknown;
  };
  readonly forget_rooms_on_leave?: boolean;
  readonly exclude_rooms_from_sync?: string[];
  readonly exclude_rooms_from_presence?: string[];
  readonly opentracing?: OpentracingSettings;
  readonly worker_replication_secret?: string;
  readonly worker_replication_secret_path?: string;
  readonly start_pushers?: boolean;
  readonly pusher_instances?: string[];
  readonly send_federation?: boolean;
  readonly federation_sender_instances?: string[];
  readonly instance_map?: {
    readonly [k: string]: InstanceMapSettings;
  };
  readonly stream_writers?: StreamWritersSettings;
  readonly outbound_federation_restricted_to?: string[];
  readonly run_background_tasks_on?: string;
  readonly update_user_directory_from_worker?: string;
  readonly notify_appservices_from_worker?: string;
  readonly media_instance_running_background_jobs?: string;
  readonly redis?: RedisSettings;
  readonly worker_app?: string;
  readonly worker_name?: string;
  readonly worker_listeners?: ListenerSettings[];
  readonly worker_manhole?: number;
  readonly worker_daemonize?: boolean;
  readonly worker_pid_file?: string;
  readonly worker_log_config?: string;
  readonly background_updates?: BackgroundUpdatesSettings;
  readonly task_scheduler?: TaskSchedulerSettings;
  readonly auto_accept_invites?: AutoAcceptInvitesSettings;
  readonly enable_registration_token_3pid_bypass?: boolean;
  readonly allow_underscore_prefixed_localpart?: boolean;
  readonly cleanup_extremities_with_dummy_events?: boolean;
  readonly enable_ephemeral_messages?: boolean;
  readonly rc_key_requests?: RateLimitSettings;
  readonly dont_notify_new_devices_for?: string[];
  readonly use_account_validity_in_account_status?: boolean;
  readonly no_redirect_stdio?: boolean;
  readonly experimental_features?: ExperimentalFeaturesSettings;
}
export interface ModuleSettings {
  readonly module?: string;
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
export interface PresenceSettings {
  readonly enabled?: boolean | 'untracked';
  readonly include_offline_users_on_sync?: boolean;
  readonly last_active_granularity?: string;
  readonly sync_online_timeout?: string;
  readonly idle_timeout?: string;
}
export interface ListenerSettings {
  readonly port?: number;
  readonly tag?: string;
  readonly bind_addresses?: string[];
  readonly type?: 'http' | 'manhole' | 'metrics';
  readonly tls?: boolean;
  readonly x_forwarded?: boolean;
  readonly request_id_header?: string;
  readonly resources?: ListenerResourceSettings[];
  readonly additional_resources?: {
    readonly [k: string]: ListenerAdditionalResourceSettings;
  };
  readonly path?: string;
  readonly mode?: number;
}
export interface ListenerResourceSettings {
  readonly names?: (
    'client' | 'consent' | 'federation' | 'keys' | 'media' | 'metrics' | 'openid' | 'replication' | 'static' | 'health'
  )[];
  readonly compress?: boolean;
}
export interface ListenerAdditionalResourceSettings {
  readonly module?: string;
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
export interface ManholeSettings {
  readonly username?: string;
  readonly password?: string;
  readonly ssh_priv_key_path?: string;
  readonly ssh_pub_key_path?: string;
}
export interface MatrixAuthenticationServiceSettings {
  readonly enabled?: boolean;
  readonly endpoint?: string;
  readonly force_http2?: boolean;
  readonly secret?: string;
  readonly secret_path?: string;
}
export interface EmailSettings {
  readonly smtp_host?: string;
  readonly smtp_port?: number;
  readonly smtp_user?: string;
  readonly smtp_pass?: string;
  readonly force_tls?: boolean;
  readonly require_transport_security?: boolean;
  readonly enable_tls?: boolean;
  readonly tlsname?: string;
  readonly notif_from?: string;
  readonly app_name?: string;
  readonly enable_notifs?: boolean;
  readonly notif_for_new_users?: boolean;
  readonly notif_delay_before_mail?: string;
  readonly client_base_url?: string;
  readonly validation_token_lifetime?: string;
  readonly invite_client_location?: string;
  readonly subjects?: EmailSubjectsSettings;
}
export interface EmailSubjectsSettings {
  readonly message_from_person_in_room?: string;
  readonly message_from_person?: string;
  readonly messages_from_person?: string;
  readonly messages_in_room?: string;
  readonly messages_in_room_and_others?: string;
  readonly messages_from_person_and_others?: string;
  readonly invite_from_person_to_room?: string;
  readonly invite_from_person?: string;
  readonly password_reset?: string;
  readonly email_validation?: string;
}
export interface UserTypesSettings {
  readonly default_user_type?: string;
  readonly extra_user_types?: string[];
}
export interface MauLimitReservedThreepidSettings {
  readonly medium?: string;
  readonly address?: string;
}
export interface LimitRemoteRoomsSettings {
  readonly enabled?: boolean;
  readonly complexity?: number;
  readonly complexity_error?: string;
  readonly admins_can_join?: boolean;
}
export interface TemplatesSettings {
  readonly custom_template_directory?: string;
}
export interface RetentionSettings {
  readonly enabled?: boolean;
  readonly default_policy?: RetentionDefaultPolicySettings;
  readonly allowed_lifetime_min?: string;
  readonly allowed_lifetime_max?: string;
  readonly purge_jobs?: RetentionPurgeJobSettings[];
}
export interface RetentionDefaultPolicySettings {
  readonly min_lifetime?: string;
  readonly max_lifetime?: string;
}
export interface RetentionPurgeJobSettings {
  readonly shortest_max_lifetime?: string;
  readonly longest_max_lifetime?: string;
  readonly interval?: string;
}
export interface FederationSettings {
  readonly client_timeout?: string;
  readonly max_short_retry_delay?: string;
  readonly max_long_retry_delay?: string;
  readonly max_short_retries?: number;
  readonly max_long_retries?: number;
  readonly destination_min_retry_interval?: string;
  readonly destination_retry_multiplier?: number;
  readonly destination_max_retry_interval?: string;
}
export interface CachesSettings {
  readonly global_factor?: number;
  readonly per_cache_factors?: {
    readonly [k: string]: number;
  };
  readonly expire_caches?: boolean;
  readonly cache_entry_ttl?: string;
  readonly sync_response_cache_duration?: string;
  readonly cache_autotuning?: CachesCacheAutotuningSettings;
}
export interface CachesCacheAutotuningSettings {
  readonly max_cache_memory_usage?: string;
  readonly target_cache_memory_usage?: string;
  readonly min_cache_ttl?: string;
}
export interface DatabaseSettings {
  readonly name?: 'sqlite3' | 'psycopg2';
  readonly args?: {
    readonly [k: string]: unknown;
  };
  readonly txn_limit?: number;
  readonly statement_timeout?: number;
  readonly synchronous_commit?: boolean;
  readonly allow_unsafe_locale?: boolean;
  readonly data_stores?: ('state' | 'main')[];
}
export interface RateLimitSettings {
  readonly per_second?: number;
  readonly burst_count?: number;
}
export interface RcLoginSettings {
  readonly address?: RateLimitSettings;
  readonly account?: RateLimitSettings;
  readonly failed_attempts?: RateLimitSettings;
}
export interface RcJoinsSettings {
  readonly local?: RateLimitSettings;
  readonly remote?: RateLimitSettings;
}
export interface RcInvitesSettings {
  readonly per_room?: RateLimitSettings;
  readonly per_user?: RateLimitSettings;
  readonly per_issuer?: RateLimitSettings;
}
export interface RcFederationSettings {
  readonly window_size?: number;
  readonly sleep_limit?: number;
  readonly sleep_delay?: number;
  readonly reject_limit?: number;
  readonly concurrent?: number;
}
export interface RcPresenceSettings {
  readonly per_user?: RateLimitSettings;
}
export interface MediaStorageProviderSettings {
  readonly module?: string;
  readonly store_local?: boolean;
  readonly store_remote?: boolean;
  readonly store_synchronous?: boolean;
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
export interface MediaUploadLimitSettings {
  readonly time_period: string;
  readonly max_size: string;
  readonly info_uri?: string;
  readonly can_upgrade?: boolean;
}
export interface ThumbnailSizeSettings {
  readonly width?: number;
  readonly height?: number;
  readonly method?: 'crop' | 'scale';
}
export interface MediaRetentionSettings {
  readonly local_media_lifetime?: string;
  readonly remote_media_lifetime?: string;
}
export interface UrlPreviewUrlBlacklistSettings {
  readonly scheme?: string;
  readonly netloc?: string;
  readonly path?: string;
  readonly params?: string;
  readonly query?: string;
  readonly fragment?: string;
  readonly username?: string;
  readonly password?: string;
  readonly hostname?: string;
  readonly port?: string;
}
export interface OembedSettings {
  readonly disable_default_providers?: boolean;
  readonly additional_providers?: string[];
}
export interface MatrixRtcSettings {
  readonly transports?: MatrixRtcTransportSettings[];
}
export interface MatrixRtcTransportSettings {
  readonly type: string;
  readonly url?: string;
  readonly livekit_service_url?: string;
}
export interface AllowedLocal3PidSettings {
  readonly medium?: 'email' | 'msisdn';
  readonly pattern?: string;
}
export interface AccountThreepidDelegatesSettings {
  readonly msisdn?: string;
}
export interface UiAuthSettings {
  readonly session_timeout?: string;
}
export interface LoginViaExistingSessionSettings {
  readonly enabled?: boolean;
  readonly require_ui_auth?: boolean;
  readonly token_timeout?: string;
}
export interface SentrySettings {
  readonly dsn?: string;
  readonly environment?: string;
}
export interface MetricsFlagsSettings {
  readonly known_servers?: boolean;
}
export interface RoomPrejoinStateSettings {
  readonly disable_default_event_types?: boolean;
  readonly additional_event_types?: (string | string[])[];
}
export interface OldSigningKeySettings {
  readonly key?: string;
  readonly expired_ts?: number;
}
export interface TrustedKeyServerSettings {
  readonly server_name: string;
  readonly verify_keys?: {
    readonly [k: string]: string;
  };
  readonly accept_keys_insecurely?: boolean;
}
export interface Saml2ConfigSettings {
  readonly idp_name?: string;
  readonly idp_icon?: string;
  readonly idp_brand?: string;
  readonly sp_config?: {
    readonly [k: string]: unknown;
  };
  readonly config_path?: string;
  readonly saml_session_lifetime?: string;
  readonly user_mapping_provider?: Saml2ConfigUserMappingProviderSettings;
  readonly grandfathered_mxid_source_attribute?: string;
  readonly attribute_requirements?: Saml2ConfigAttributeRequirementSettings[];
  readonly idp_entityid?: string;
  readonly enabled?: boolean;
}
export interface Saml2ConfigUserMappingProviderSettings {
  readonly module?: string;
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
export interface Saml2ConfigAttributeRequirementSettings {
  readonly attribute: string;
  readonly value?: string;
  readonly one_of?: string[];
}
export interface OidcProviderSettings {
  readonly idp_id?: string;
  readonly idp_name?: string;
  readonly idp_icon?: string;
  readonly idp_brand?: string;
  readonly discover?: boolean;
  readonly issuer?: string;
  readonly client_id?: string;
  readonly client_secret?: string;
  readonly client_secret_path?: string;
  readonly client_secret_jwt_key?: OidcProviderClientSecretJwtKeySettings;
  readonly client_auth_method?: 'client_secret_basic' | 'client_secret_post' | 'none';
  readonly pkce_method?: 'auto' | 'always' | 'never';
  readonly id_token_signing_alg_values_supported?: string[];
  readonly scopes?: string[];
  readonly authorization_endpoint?: string;
  readonly token_endpoint?: string;
  readonly userinfo_endpoint?: string;
  readonly jwks_uri?: string;
  readonly skip_verification?: boolean;
  readonly user_profile_method?: 'auto' | 'userinfo_endpoint';
  readonly redirect_uri?: string;
  readonly additional_authorization_parameters?: {
    readonly [k: string]: string;
  };
  readonly passthrough_authorization_parameters?: string[];
  readonly allow_existing_users?: boolean;
  readonly enable_registration?: boolean;
  readonly user_mapping_provider?: OidcProviderUserMappingProviderSettings;
  readonly backchannel_logout_enabled?: boolean;
  readonly backchannel_logout_ignore_sub?: boolean;
  readonly attribute_requirements?: OidcProviderAttributeRequirementSettings[];
}
export interface OidcProviderClientSecretJwtKeySettings {
  readonly key?: string;
  readonly key_file?: string;
  readonly jwt_header?: OidcProviderClientSecretJwtKeyJwtHeaderSettings;
  readonly jwt_payload?: {
    readonly [k: string]: string;
  };
}
export interface OidcProviderClientSecretJwtKeyJwtHeaderSettings {
  readonly alg: string;
  readonly [k: string]: string;
}
export interface OidcProviderUserMappingProviderSettings {
  readonly module?: string;
  readonly config?: {
    readonly [k: string]: unknown;
  };
}
export interface OidcProviderAttributeRequirementSettings {
  readonly attribute: string;
  readonly value?: string;
  readonly one_of?: string[];
}
export interface CasConfigSettings {
  readonly enabled?: boolean;
  readonly idp_name?: string;
  readonly idp_icon?: string;
  readonly idp_brand?: string;
  readonly server_url?: string;
  readonly protocol_version?: number;
  readonly displayname_attribute?: string;
  readonly required_attributes?: {
    readonly [k: string]: string;
  };
  readonly enable_registration?: boolean;
  readonly allow_numeric_ids?: boolean;
  readonly numeric_ids_prefix?: string;
}
export interface SsoSettings {
  readonly client_whitelist?: string[];
  readonly update_profile_information?: boolean;
}
export interface JwtConfigSettings {
  readonly enabled?: boolean;
  readonly secret?: string;
  readonly algorithm?: string;
  readonly subject_claim?: string | null;
  readonly display_name_claim?: string;
  readonly issuer?: string;
  readonly audiences?: string[];
}
export interface PasswordConfigSettings {
  readonly enabled?: boolean | 'only_for_reauth';
  readonly localdb_enabled?: boolean;
  readonly pepper?: string;
  readonly policy?: PasswordConfigPolicySettings;
}
export interface PasswordConfigPolicySettings {
  readonly enabled?: boolean;
  readonly minimum_length?: number;
  readonly require_digit?: boolean;
  readonly require_symbol?: boolean;
  readonly require_lowercase?: boolean;
  readonly require_uppercase?: boolean;
}
export interface PushSettings {
  readonly enabled?: boolean;
  readonly include_content?: boolean;
  readonly group_unread_count_by_room?: boolean;
  readonly jitter_delay?: string;
}
export interface PushRulesSettings {
  readonly limits?: PushRulesLimitsSettings;
}
export interface PushRulesLimitsSettings {
  readonly rule_count?: number;
  readonly rule_id_length?: number;
  readonly rule_size?: number;
}
export interface UserDirectorySettings {
  readonly enabled?: boolean;
  readonly search_all_users?: boolean;
  readonly prefer_local_users?: boolean;
  readonly exclude_remote_users?: boolean;
  readonly show_locked_users?: boolean;
}
export interface UserConsentSettings {
  readonly template_dir?: string;
  readonly version?: number;
  readonly server_notice_content?: UserConsentServerNoticeContentSettings;
  readonly send_server_notice_to_guests?: boolean;
  readonly block_events_error?: string;
  readonly require_at_registration?: boolean;
  readonly policy_name?: string;
}
export interface UserConsentServerNoticeContentSettings {
  readonly msgtype?: string;
  readonly body?: string;
}
export interface StatsSettings {
  readonly enabled?: boolean;
}
export interface ServerNoticesSettings {
  readonly system_mxid_display_name?: string;
  readonly system_mxid_avatar_url?: string;
  readonly room_name?: string;
  readonly room_avatar_url?: string;
  readonly room_topic?: string;
  readonly auto_join?: boolean;
}
export interface AliasCreationRuleSettings {
  readonly user_id?: string;
  readonly alias?: string;
  readonly room_id?: string;
  readonly action?: 'allow' | 'deny';
}
export interface RoomListPublicationRuleSettings {
  readonly user_id?: string;
  readonly alias?: string;
  readonly room_id?: string;
  readonly action?: 'allow' | 'deny';
}
export interface OpentracingSettings {
  readonly enabled?: boolean;
  readonly homeserver_whitelist?: string[];
  readonly force_tracing_for_users?: string[];
  readonly jaeger_config?: {
    readonly [k: string]: unknown;
  };
}
export interface InstanceMapSettings {
  readonly host?: string;
  readonly port?: number;
  readonly tls?: boolean;
  readonly path?: string;
}
export interface StreamWritersSettings {
  readonly events?: string[];
  readonly typing?: string[];
  readonly to_device?: string[];
  readonly account_data?: string[];
  readonly receipts?: string[];
  readonly presence?: string[];
  readonly push_rules?: string[];
  readonly device_lists?: string[];
  readonly thread_subscriptions?: string[];
  readonly quarantined_media_changes?: string[];
}
export interface RedisSettings {
  readonly enabled?: boolean;
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly username?: string;
  readonly password?: string;
  readonly password_path?: string;
  readonly dbid?: number;
  readonly use_tls?: boolean;
  readonly certificate_file?: string;
  readonly private_key_file?: string;
  readonly ca_file?: string;
  readonly ca_path?: string;
}
export interface BackgroundUpdatesSettings {
  readonly background_update_duration_ms?: number;
  readonly sleep_enabled?: boolean;
  readonly sleep_duration_ms?: number;
  readonly min_batch_size?: number;
  readonly default_batch_size?: number;
}
export interface TaskSchedulerSettings {
  readonly max_concurrent_tasks?: number;
}
export interface AutoAcceptInvitesSettings {
  readonly enabled?: boolean;
  readonly only_for_direct_messages?: boolean;
  readonly only_from_local_users?: boolean;
  readonly worker_to_run_on?: string;
}
export interface ExperimentalFeaturesSettings {
  readonly msc1763_enabled?: boolean;
  readonly msc1767_enabled?: boolean;
  readonly msc2409_to_device_messages_enabled?: boolean;
  readonly msc2654_enabled?: boolean;
  readonly msc2815_enabled?: boolean;
  readonly msc3026_enabled?: boolean;
  readonly msc3202_transaction_extensions?: boolean;
  readonly msc3381_polls_enabled?: boolean;
  readonly msc3391_enabled?: boolean;
  readonly msc3575_enabled?: boolean;
  readonly msc3664_enabled?: boolean;
  readonly msc3720_enabled?: boolean;
  readonly msc3773_enabled?: boolean;
  readonly msc3814_enabled?: boolean;
  readonly msc3848_enabled?: boolean;
  readonly msc3874_enabled?: boolean;
  readonly msc3881_enabled?: boolean;
  readonly msc3890_enabled?: boolean;
  readonly msc3912_enabled?: boolean;
  readonly msc3983_appservice_otk_claims?: boolean;
  readonly msc3984_appservice_key_query?: boolean;
  readonly msc4028_push_encrypted_events?: boolean;
  readonly msc4069_profile_inhibit_propagation?: boolean;
  readonly msc4075_enabled?: boolean;
  readonly msc4076_enabled?: boolean;
  readonly msc4108_enabled?: boolean;
  readonly msc4133_enabled?: boolean;
  readonly msc4143_enabled?: boolean;
  readonly msc4155_enabled?: boolean;
  readonly msc4169_enabled?: boolean;
  readonly msc4210_enabled?: boolean;
  readonly msc4222_enabled?: boolean;
  readonly msc4235_enabled?: boolean;
  readonly msc4242_enabled?: boolean;
  readonly msc4263_limit_key_queries_to_users_who_share_rooms?: boolean;
  readonly msc4267_enabled?: boolean;
  readonly msc4277_enabled?: boolean;
  readonly msc4293_enabled?: boolean;
  readonly msc4306_enabled?: boolean;
  readonly msc4354_enabled?: boolean;
  readonly msc4370_enabled?: boolean;
  readonly msc4446_enabled?: boolean;
  readonly msc4450_enabled?: boolean;
  readonly msc4452_enabled?: boolean;
  readonly msc4491_enabled?: boolean;
  readonly msc4502_enabled?: boolean;
  readonly msc4512_enabled?: boolean;
  readonly msc3866?: ExperimentalFeaturesMsc3866Settings;
  readonly msc4108_delegation_endpoint?: string;
  readonly msc4140_max_delayed_events_per_user?: number;
  readonly msc4388_mode?: 'off' | 'open' | 'authenticated';
}
export interface ExperimentalFeaturesMsc3866Settings {
  readonly enabled?: boolean;
  readonly require_approval_for_new_accounts?: boolean;
}
