// Hello world on Amazon's Express adapter, with its own signature and timestamp checks.
'use strict';

const express = require('express');
const Alexa = require('ask-sdk-core');
const { ExpressAdapter } = require('ask-sdk-express-adapter');

const hello = {
  canHandle: () => true,
  handle: (input) => input.responseBuilder.speak('Hello World!').getResponse(),
};

const skill = Alexa.SkillBuilders.custom().addRequestHandlers(hello).create();
const app = express();
app.post('/alexa', new ExpressAdapter(skill, true, true).getRequestHandlers());
app.listen(Number(process.argv[2]), '127.0.0.1');
