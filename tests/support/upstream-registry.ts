import type { TestSandboxHost } from './sandbox-host.ts';

/** A registry of the test's own in the sandbox host's network, which stands for Docker Hub: nothing real is asked. */
export interface UpstreamRegistry {
  /** Lets the mirror pull through from it, at a quicker pace than usual. */
  serve(): Promise<void>;
  /** As when the uplink breaks. */
  goAway(): Promise<void>;
  /** What the cache was asked to fetch: lines of its access log. */
  asked(): Promise<string[]>;
  /** Ends it, and gives the mirror its usual upstream back. */
  remove(): Promise<void>;
}

const address = '127.0.0.1:5010';
const folder = '/run/test-upstream';
const config = `version: 0.1
storage: { filesystem: { rootdirectory: ${folder}/data } }
http: { addr: '${address}' }`;

const script = {
  start: `docker-registry serve ${folder}/config.yml >>${folder}/log 2>&1 </dev/null & echo $! >${folder}/pid
    for i in $(seq 100); do curl -sf http://${address}/v2/ >/dev/null && exit 0; sleep 0.05; done; exit 1`,
  stop: `[ -e ${folder}/pid ] && kill "$(cat ${folder}/pid)" 2>/dev/null; rm -f ${folder}/pid`,
  image: (name: string) =>
    `mkdir -p ${folder}/root; echo hello >${folder}/root/hello; date +%N >>${folder}/root/hello
     tar -C ${folder}/root -c . | docker import - ${address}/${name} >/dev/null
     docker push -q ${address}/${name}; docker rmi ${address}/${name} >/dev/null`,
  mirror: `sv -w 10 down mirror-cache; pkill -u mirror -f 'mirror-(cache|kept).yml'; rm -rf /var/lib/belowdeck/mirror/cache
    BELOWDECK_REGISTRY_UPSTREAM=http://${address} BELOWDECK_REGISTRY_CACHE_GB=1 BELOWDECK_REGISTRY_LOOK_SECONDS=1 \\
      setsid /usr/lib/belowdeck/mirror-cache >${folder}/mirror.log 2>&1 </dev/null & echo $! >${folder}/mirror.pid
    for i in $(seq 200); do grep -qs '^up' /run/belowdeck-mirror && curl -sf http://10.214.0.1:5001/v2/ >/dev/null && exit 0; sleep 0.05; done; exit 1`,
  unmirror: `[ -e ${folder}/mirror.pid ] && kill "$(cat ${folder}/mirror.pid)" 2>/dev/null; sleep 0.5
    rm -rf ${folder} /var/lib/belowdeck/mirror/cache; sv -w 10 up mirror-cache`,
};

/** Makes it, with one small image of each of these names (`library/…:tag`). */
export async function setUpUpstream(host: TestSandboxHost, images: readonly string[]): Promise<UpstreamRegistry> {
  const shell = (text: string) => host.inside(['bash', '-c', text], { timeoutMs: 60_000 });
  await shell(
    `${script.stop}; ${script.unmirror}; mkdir -p ${folder}; cat >${folder}/config.yml <<'Y'\n${config}\nY\n${script.start}`,
  );
  for (const name of images) await shell(script.image(name));
  return {
    serve: async () => {
      await shell(script.mirror);
    },
    goAway: async () => {
      await shell(script.stop);
    },
    asked: async () => (await shell(`grep -o '"GET [^"]*' ${folder}/log || true`)).stdout.split('\n'),
    remove: async () => {
      await shell(`${script.stop}; ${script.unmirror}`);
    },
  };
}
