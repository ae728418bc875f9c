// The official client against the rig: `node GENERATION/run.js`, with KEYWAY_ENDPOINT and the
// credentials in the environment. Every answer is held against the published schemas. Prints each
// finding and ends with 1 when there is one. SdkTests calls it.

import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';

const env = (name) => process.env[`KEYWAY_${name}`];
const deviceId = env('DEVICE_ID');
const endpoint = env('ENDPOINT');
const hour = 3_600_000;
const at = (hours) => new Date(Date.now() + hours * hour).toISOString();
const pause = (ms) => new Promise((done) => { setTimeout(done, ms); });
const findings = [];
let checked = 0;

const kinds = {
  access_code: 'access_code',
  access_codes: 'access_code',
  action_attempt: 'action_attempt',
  action_attempts: 'action_attempt',
  device: 'device',
  devices: 'device',
  pagination: 'pagination',
};

// Every object of a 200 that a published schema knows.
function checkAnswer(schemas, response) {
  assert.ok(response.headers['seam-request-id'], 'seam-request-id');
  assert.equal(response.data.ok, true);
  for (const [name, value] of Object.entries(response.data)) {
    const schema = schemas[kinds[name]];
    for (const one of schema ? [value].flat() : []) {
      const result = schema.safeParse(one);
      checked += 1;
      if (!result.success) {
        findings.push(`${response.config.url}: ${name}: ${JSON.stringify(result.error.issues)}`);
      }
    }
  }

  return response;
}

function watch(client, schemas) {
  client.client.interceptors.response.use((response) => checkAnswer(schemas, response));
  return client;
}

// As a user of the API would: the client looks at access_code only, the attempt says how it ended.
async function settle(seam, request) {
  const { action_attempt: begun } = await request.fetchResponse();
  for (let i = 0; i < 100; i += 1) {
    const attempt = await seam.actionAttempts.get(
      { action_attempt_id: begun.action_attempt_id }, { waitForActionAttempt: false });
    if (attempt.status !== 'pending') {
      return attempt;
    }

    await pause(100);
  }

  throw new Error('the attempt stays pending');
}

// `fetchResponse` is the newer client's; the older has only the axios client beneath.
function sender(seam) {
  return (method, path, body) => ({
    fetchResponse: async () =>
      (await seam.client.request({ method, url: path, data: body })).data,
  });
}

const offline = { starts_at: at(1), ends_at: at(3), max_time_rounding: '1hour' };
const wishes = [
  { code: '135790', name: 'Ada', allow_external_modification: true },
  {
    starts_at: at(-1), ends_at: at(5), preferred_code_length: 6, prefer_native_scheduling: false,
  },
  { common_code_key: 'family', is_external_modification_allowed: false },
  {
    starts_at: at(-1), ends_at: at(5), use_backup_access_code_pool: true,
    attempt_for_offline_device: false,
  },
  { is_offline_access_code: true, ...offline },
  { use_offline_access_code: true, is_one_time_use: true, starts_at: at(1) },
  { code: '24680', is_one_time_use: true, sync: true },
];

async function createEach(seam) {
  const made = [];
  for (const wish of wishes) {
    const { access_code_id: id } = await seam.accessCodes.create({ device_id: deviceId, ...wish });
    let code;
    for (let i = 0; i < 100; i += 1) {
      code = await seam.accessCodes.get({ access_code_id: id });
      if (code.code !== null && code.pending_mutations.length === 0) {
        break;
      }

      await pause(100);
    }

    assert.match(code.code, /^[0-9]{4,12}$/, JSON.stringify(wish));
    assert.deepEqual(code.errors, [], JSON.stringify(wish));
    assert.equal(code.type, wish.starts_at ? 'time_bound' : 'ongoing');
    made.push(code);
  }

  assert.equal(made[0].is_external_modification_allowed, true);
  assert.equal(made[1].code.length, 6);
  assert.equal(made[4].code.length, 9);
  assert.equal(made[4].is_offline_access_code, true);
  assert.equal(made[6].is_one_time_use, true);
  return made;
}

async function change(seam, send, [first, , , pooled]) {
  const id = { access_code_id: first.access_code_id };
  await seam.accessCodes.update({ ...id, code: '975310' });
  await pause(1000);
  assert.equal((await seam.accessCodes.get(id)).code, '975310');
  const window = { starts_at: at(-1), ends_at: at(2) };
  assert.equal((await settle(seam,
    send('PATCH', '/access_codes/update', { ...id, ...window, type: 'time_bound' }))).status,
  'success');
  assert.equal((await seam.accessCodes.get(id)).type, 'time_bound');

  const pulled = { access_code_id: pooled.access_code_id };
  const backup = await seam.accessCodes.pullBackupAccessCode(pulled);
  assert.equal(backup.is_backup, true);
  assert.notEqual(backup.code, pooled.code);
  assert.equal((await seam.accessCodes.pullBackupAccessCode(pulled)).code, backup.code);

  await seam.accessCodes.delete(id);
  await pause(1000);
  await assert.rejects(() => seam.accessCodes.get(id), { code: 'access_code_not_found' });
}

async function errors(seam, send, { isSeamHttpInvalidInputError }) {
  const taken = await settle(seam, send('POST', '/access_codes/create',
    { device_id: deviceId, code: env('TAKEN_CODE') }));
  assert.equal(taken.status, 'error');
  assert.equal(taken.error.type, 'duplicate_code_on_device');

  const invalid = await seam.accessCodes.create({ device_id: deviceId, code: 1234 })
    .then(() => null, (error) => error);
  assert.ok(isSeamHttpInvalidInputError(invalid));
  assert.deepEqual(invalid.getValidationErrorMessages('code'),
    ['Expected string, received number']);
  await assert.rejects(() => seam.devices.get({ device_id: crypto.randomUUID() }),
    { code: 'device_not_found', statusCode: 404 });
}

async function others(SeamHttp, schemas) {
  const session = watch(
    SeamHttp.fromClientSessionToken(env('SESSION'), { endpoint }), schemas);
  assert.deepEqual((await session.devices.list()).map(({ device_id: id }) => id), [deviceId]);
  const personal = watch(
    SeamHttp.fromPersonalAccessToken(env('PERSONAL'), env('WORKSPACE'), { endpoint }), schemas);
  assert.equal((await personal.devices.get({ device_id: deviceId })).device_id, deviceId);
  const stranger = SeamHttp.fromApiKey(`seam_00_${'0'.repeat(64)}`, { endpoint });
  await assert.rejects(() => stranger.devices.list(), { name: 'SeamHttpUnauthorizedError' });
}

// The first request reaches the gateway whole, and then the connection is gone; this client sends
// a POST again, without a key that says so.
async function dropped(seam, SeamHttp) {
  const sockets = [];
  let isFirst = true;
  const proxy = createServer((client) => {
    const gateway = connect(Number(new URL(endpoint).port), '127.0.0.1');
    sockets.push(client, gateway);
    [client, gateway].forEach((socket) => socket.on('error', () => {}));
    if (!isFirst) {
      client.pipe(gateway).pipe(client);
      return;
    }

    isFirst = false;
    let request = '';
    client.on('data', (bytes) => {
      request += bytes;
      if (request.endsWith('}')) {
        gateway.write(request, () => [gateway, client].forEach((socket) =>
          socket.resetAndDestroy()));
      }
    });
  });
  await new Promise((done) => { proxy.listen(0, '127.0.0.1', done); });
  const through = SeamHttp.fromApiKey(env('API_KEY'),
    { endpoint: `http://127.0.0.1:${proxy.address().port}` });
  const made = await through.accessCodes.create({ device_id: deviceId, name: 'dropped' });
  sockets.forEach((socket) => socket.destroy());
  proxy.close();
  assert.equal(isFirst, false);
  assert.equal(sockets.length, 4);
  assert.deepEqual((await seam.accessCodes.list({ device_id: deviceId }))
    .filter(({ name }) => name === 'dropped').map(({ access_code_id: id }) => id),
  [made.access_code_id]);
}

/** Plays everything. `Seam` is of the package seam, `http` is the package @seamapi/http. */
export async function play({
  Seam, http, schemas, repeatsPosts,
}) {
  const seam = watch(new Seam({ apiKey: env('API_KEY'), endpoint }), schemas);
  const send = sender(seam);
  try {
    const made = await createEach(seam);
    const [multiple] = await seam.accessCodes.createMultiple({
      device_ids: [deviceId], name: 'all doors',
    });
    assert.ok(multiple.common_code_key);
    assert.equal((await seam.accessCodes.list({ device_id: deviceId })).length, made.length + 1);
    await change(seam, send, made);
    await errors(seam, send, http);
    const opened = await seam.locks.unlockDoor({ device_id: deviceId });
    assert.equal(opened.status, 'success');
    await seam.locks.lockDoor({ device_id: deviceId });
    await others(http.SeamHttp, schemas);
    if (repeatsPosts) {
      await dropped(seam, http.SeamHttp);
    }
  } catch (failure) {
    findings.push(failure.stack);
  }

  console.log(`${checked} objects checked`);
  findings.forEach((finding) => console.log(finding));
  process.exitCode = findings.length === 0 && checked > 0 ? 0 : 1;
}
