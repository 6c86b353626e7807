import type { HomeserverSettings } from '../../../imports/homeserver';
import type { Resources } from '../../kubernetes/workloads/resources';

/** Memory for each million pixels of the largest picture: four or more thumbnails may be made at once, see edge/proxy. */
const MEBIBYTES_A_MEGAPIXEL = 128;
/** Synapse's own limit. */
const MOST_MEGAPIXELS = 32;

/**
 * Settings of media that memory limits.
 *
 * At an upload Synapse makes five thumbnails, and of an animation it keeps every frame of each: a file of 30 kB can take
 * gigabytes. So it makes none then, and one when it is asked for, which the edge allows for a few at a time, in certain
 * sizes and without frames.
 */
export function mediaSettings({ memoryLimit }: Resources, settings: HomeserverSettings): HomeserverSettings {
  const megapixels = Math.floor(memoryLimit.toMebibytes() / MEBIBYTES_A_MEGAPIXEL);
  return {
    dynamic_thumbnails: true,
    thumbnail_sizes: [],
    max_image_pixels: settings.max_image_pixels ?? `${Math.max(1, Math.min(megapixels, MOST_MEGAPIXELS))}M`,
  };
}
