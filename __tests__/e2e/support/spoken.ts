/** Lines of Synapse's log that are text: what programs say at its start, and at that of the next process. */
export const SPOKEN =
  /^(Starting synapse|Found subdirectory in config|keep-running:|start-worker:|waiting for|epoch-guard:|standing by:)/;
