import type { k8s } from '../k8s';

/** A pod goes on serving until every node has heard that it leaves: without this each update cuts connections off. */
export const LEAVE_SLOWLY: k8s.Lifecycle = { preStop: { exec: { command: ['sleep', '5'] } } };
