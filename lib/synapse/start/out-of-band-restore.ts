/** What happens when Synapse finds that its database was restored out of band, by other means than the restore of `MatrixBackups`. */
export enum OutOfBandRestore {
  /** One-time keys are emptied, so that none is handed out twice, and Synapse starts. Clients upload new ones by themselves. */
  EMPTY_ONE_TIME_KEYS = 'empty',
  /** Synapse does not start until an operator has accepted the database. */
  REFUSE_TO_START = 'refuse',
}
