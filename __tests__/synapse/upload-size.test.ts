import { HomeserverConfig } from '../../lib';
import { bytesOf } from '../../lib/synapse/upload-size';
import { emptyChart, synapseIn } from '../support/parts';

it.each([
  ['50M', 52428800],
  ['1K', 1024],
  ['1G', 1073741824],
  ['123', 123],
])('%s is %i bytes', (size, bytes) => {
  expect(bytesOf(size)).toBe(bytes);
});

it.each(['50MB', '1.5G', '', '-1'])("refuses '%s', which is not a size", (size) => {
  expect(() => bytesOf(size)).toThrow(`max_upload_size '${size}'`);
  expect(() => bytesOf(size)).toThrow('such as 50M');
});

it.each(['2G', '1T', '2000000000'])("refuses '%s', which is larger than the proxy can compare", (size) => {
  expect(() => bytesOf(size)).toThrow(`max_upload_size '${size}'`);
  expect(() => bytesOf(size)).toThrow('such as 1G');
});

it("is the edge's limit, and defaults to Synapse's own", () => {
  const maximum = (config: HomeserverConfig) => synapseIn(emptyChart(), { config }).maxUploadBytes;
  expect(maximum(HomeserverConfig.recommended())).toBe(52428800);
  expect(maximum(HomeserverConfig.recommended().extend({ max_upload_size: '1G' }))).toBe(2 ** 30);
  expect(maximum(HomeserverConfig.of({ report_stats: false }))).toBe(52428800);
});
