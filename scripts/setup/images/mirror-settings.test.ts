import { describe, expect, it } from 'vitest';
import { mirrorSettings } from './mirror-settings.ts';

describe('the settings of the registry mirror', () => {
  it('are what is given, nothing else of the environment', () => {
    expect(mirrorSettings({ PATH: '/bin', BELOWDECK_REGISTRY_CACHE_GB: '7' })).toEqual({
      BELOWDECK_REGISTRY_CACHE_GB: '7',
    });
    expect(mirrorSettings({ BELOWDECK_REGISTRY_UPSTREAM: '' })).toEqual({});
  });

  it.each(['off', 'https://registry-1.docker.io', 'http://10.0.0.4:5000'])('take the upstream %s', upstream => {
    expect(mirrorSettings({ BELOWDECK_REGISTRY_UPSTREAM: upstream })).toEqual({
      BELOWDECK_REGISTRY_UPSTREAM: upstream,
    });
  });

  it.each(['registry.example.org', 'file:///etc/passwd', 'https://a/b', 'https://a b', "https://a'$(id)"])(
    'refuse the upstream %s',
    upstream => {
      expect(() => mirrorSettings({ BELOWDECK_REGISTRY_UPSTREAM: upstream })).toThrow('BELOWDECK_REGISTRY_UPSTREAM');
    },
  );

  it.each(['0', '1.5', '-3', '10000', 'much'])('refuse a cache of %s GB', size => {
    expect(() => mirrorSettings({ BELOWDECK_REGISTRY_CACHE_GB: size })).toThrow('whole number');
  });
});
