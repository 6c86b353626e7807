/** What happens when the database was restored out of band: by other means than the restore Job of `MatrixBackups`. */
export enum OutOfBandRestore {
  /** Empties one-time keys, so that none is handed out twice, and starts Synapse. Clients upload new keys. */
  EMPTY_ONE_TIME_KEYS = 'empty',
  /** Keeps Synapse from starting until an operator has accepted the database. */
  REFUSE_TO_START = 'refuse',
}
