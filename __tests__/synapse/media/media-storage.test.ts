import { MediaStorage, SecretKey } from '../../../lib';

it('is the claim, or a bucket', () => {
  expect(MediaStorage.claim()._bucket).toBeUndefined();
  const [accessKeyId, secretAccessKey] = ['id', 'key'].map((key) => SecretKey.fromSecretName('media', key));
  const credentials = { accessKeyId, secretAccessKey };
  const { _bucket } = MediaStorage.s3({ endpoint: 'https://s3.example.org', bucket: 'media', credentials });
  expect(_bucket?.address).toBe('s3:https://s3.example.org/media');
});

it('fails with the place of the call', () => {
  expect(() => MediaStorage.s3({ endpoint: 'https://s3.example.org' } as never)).toThrow('MediaStorage.s3');
});
