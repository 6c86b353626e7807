import type { Image } from '../../../kubernetes/images/image';

/** The exporter of PostgreSQL's metrics. */
export const EXPORTER_IMAGE: Image = {
  name: 'postgres-exporter',
  reference: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1',
  uid: 65534,
};
