import { HomeserverConfig } from '../../lib';
import { bytesOf } from '../../lib/synapse/upload-size';
import { emptyChart, synapseIn } from '../support/parts';

it.each([
  ['50M', 52428800],
  ['1K', 1024],
  ['1G', 1073741824],
  ['123', 123],
])('%s', (size, bytes) => {
  expect(bytesOf(size)).toBe(bytes);
});

it.each(['50MB', '1.5G', '', '-1'])("fails when it is none: '%s'", (size) => {
  expect(() => bytesOf(size)).toThrow(`max_upload_size '${size}' is no size`);
});

it.each(['2G', '1T', '2000000000'])("fails when it is more than the proxy compares: '%s'", (size) => {
  expect(() => bytesOf(size)).toThrow(`max_upload_size '${size}' is more than the proxy in front takes`);
});

it("is the edge's limit too, by default Synapse's own", () => {
  const maximum = (config: HomeserverConfig) => synapseIn(emptyChart(), { config }).maxUploadBytes;
  expect(maximum(HomeserverConfig.platform())).toBe(52428800);
  expect(maximum(HomeserverConfig.platform().extend({ max_upload_size: '1G' }))).toBe(2 ** 30);
  expect(maximum(HomeserverConfig.of({ report_stats: false }))).toBe(52428800);
});
