// Loaded before the server: leads s3.amazonaws.com to the benchmark's pretend Amazon, and has the
// adapter trust its root. Nothing of the adapter is replaced, and nothing is switched off.
'use strict';

const fs = require('fs');
const https = require('https');
const Module = require('module');
const tls = require('tls');

const root = fs.readFileSync(process.env.PRETEND_AMAZON_ROOT, 'utf8');
const port = Number(process.env.PRETEND_AMAZON_PORT);

const connect = https.globalAgent.createConnection;
https.globalAgent.createConnection = function (options, ...more) {
  const here = options.host === 's3.amazonaws.com' ? { host: '127.0.0.1', port, ca: root } : {};
  return connect.call(this, { ...options, ...here }, ...more);
};

// The adapter reads its roots from tls.rootCertificates, which can be neither extended by a setting
// nor written to; so the adapter alone is given a tls module with one root more.
const trusting = Object.create(tls, {
  rootCertificates: { value: [...tls.rootCertificates, root] },
});
const load = Module._load;
Module._load = function (request, parent, ...more) {
  const asks = request === 'tls' && parent?.filename.includes('ask-sdk-express-adapter');
  return asks ? trusting : load.call(this, request, parent, ...more);
};
