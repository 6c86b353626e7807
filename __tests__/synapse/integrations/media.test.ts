import { resources } from '../../../lib/kubernetes/workloads/resources';
import { mediaSettings } from '../../../lib/synapse/integrations/media';

const settings = (mebibytes: number, own = {}) => mediaSettings(resources(100, 64, mebibytes), own);

it('makes thumbnails only when they are asked for', () => {
  expect(settings(2048)).toEqual({ dynamic_thumbnails: true, thumbnail_sizes: [], max_image_pixels: '16M' });
});

it('limits the pixels of pictures by memory, up to the limit of Synapse', () => {
  expect([64, 512, 2048, 8192].map((size) => settings(size).max_image_pixels)).toEqual(['1M', '4M', '16M', '32M']);
});

it('keeps a limit of the user', () => {
  expect(settings(2048, { max_image_pixels: '50M' }).max_image_pixels).toBe('50M');
});
