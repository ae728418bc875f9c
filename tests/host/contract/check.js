// Checks the contract: `node check.js DOCUMENT [PAYLOADS]`. The document is AsyncAPI 3; PAYLOADS is
// a file of lines such as {"topic": "keyway/v1/…", "payload": {…}, "retain": false}, a null payload
// standing for zero bytes. A line with "refused": true must fail, any other must pass. Prints each
// finding and ends with 1 when there is one. ContractCheck calls it.

import { readFileSync } from 'node:fs';
import { DiagnosticSeverity, Parser } from '@asyncapi/parser';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const [, , documentPath, payloadsPath] = process.argv;
const findings = [];
const found = (text) => findings.push(text);

async function parse(path) {
  const source = readFileSync(path, 'utf8');
  const { document, diagnostics } = await new Parser().parse(source, { source: path });
  for (const { severity, path: at, message } of diagnostics) {
    if (severity === DiagnosticSeverity.Error) {
      found(`${at.join('.')}: ${message}`);
    }
  }

  return document;
}

// One entry a channel: a pattern for its topics, and a check for each of its messages.
function compile(document) {
  const ajv = new Ajv({
    allErrors: true,
    strict: true,
    strictRequired: false,
    strictTypes: false,
  });
  addFormats(ajv);
  ajv.addKeyword('x-parser-schema-id');
  return document.channels().all().map((channel) => ({
    pattern: new RegExp(`^${channel.address().replace(/\{\w+\}/g, '[0-9a-f-]{36}')}$`),
    retain: channel.operations().all()[0].bindings().get('mqtt').value().retain,
    messages: channel.messages().all().map((message) => ({
      name: message.id(),
      seen: 0,
      validate: ajv.compile(message.payload().json()),
    })),
  }));
}

function problemsOf(channels, { topic, payload, retain }) {
  const channel = channels.find(({ pattern }) => pattern.test(topic));
  if (!channel) {
    return ['no channel has this topic'];
  }

  if (channel.retain !== retain) {
    return [`retain must be ${channel.retain}`];
  }

  const problems = [];
  for (const message of channel.messages) {
    if (message.validate(payload)) {
      message.seen += 1;
      return [];
    }

    problems.push(...message.validate.errors.map(({ instancePath, message: text, params }) =>
      `${message.name}${instancePath} ${text} ${JSON.stringify(params)}`));
  }

  return problems;
}

function checkPayloads(channels, path) {
  const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '');
  lines.map((line) => JSON.parse(line)).forEach((seen, index) => {
    const problems = problemsOf(channels, seen);
    if ((problems.length > 0) !== (seen.refused === true)) {
      found(`line ${index + 1}: ${seen.topic}: ${JSON.stringify(seen.payload)}`);
      problems.forEach((problem) => found(`    ${problem}`));
    }
  });
  return lines.length;
}

const document = await parse(documentPath);
if (document) {
  const channels = compile(document);
  const count = payloadsPath ? checkPayloads(channels, payloadsPath) : 0;
  const unseen = channels.flatMap(({ messages }) => messages.filter(({ seen }) => seen === 0));
  console.log(`${channels.length} channels, ${count} payloads`);
  console.log(`unseen: ${unseen.map(({ name }) => name).join(' ') || 'none'}`);
}

findings.forEach((text) => console.log(text));
process.exitCode = findings.length === 0 ? 0 : 1;
