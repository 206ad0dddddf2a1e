/** The network inside the sandbox host: addresses that set-up, sandboxes and the fence agree on. */
export const networkPlan = {
  /** Where every sandbox reaches the registry mirror; lab-images/ has the same. Held by `lo`. */
  mirror: { address: '10.214.0.1', preloadedPort: 5000, cachePort: 5001 },
  /** There, too, names are looked up for sandboxes with egress. */
  namesPort: 53,
  /** Questions and connections of one such sandbox at once; a lost one counts for half a minute. */
  namesQuestions: 256,
  /** Connections of one sandbox to the mirror at once. dockerd opens about five per pull. */
  mirrorConnections: 32,
  /** Connections of one sandbox to the outside at once: all sandboxes share one table of connections. */
  egressConnections: 512,
  /** Addresses that Docker gives a sandbox's bridge: one subnet of this many bits each (dockerd.json). */
  sandboxPrefixBits: 28,
  /**
   * A network namespace of ours behind a veth pair, which answers (refuses) on addresses of each kind that sandboxes must not
   * reach. The last stands for the outside world: a range reserved for documentation. Nothing real has these addresses here.
   */
  bait: {
    namespace: 'bait',
    device: 'bait0',
    near: '198.18.250.249',
    far: '198.18.250.250',
    inside: ['169.254.250.250', '10.255.250.250', '172.31.250.250', '192.168.250.250', '100.127.250.250'],
    outside: '203.0.113.250',
  },
} as const;
