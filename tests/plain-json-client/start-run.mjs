#!/usr/bin/env node
// Starts a run with nothing but JSON and AMQP: no MassTransit envelope, no .NET.
//
//   node start-run.mjs --url amqp://… --run-id UUID --steps echo,echo --input '{"text":"hi"}'
//
// publishes to the exchange of the message type, which alone says what the message is. With --to saga-runs it goes to the
// orchestrator's own exchange instead, and a header says what it is. Ends with 0 once the broker holds the message in a queue.
import { parseArgs } from "node:util";
import amqp from "amqplib";

const { values: options } = parseArgs({
  options: {
    url: { type: "string" },
    "run-id": { type: "string" },
    steps: { type: "string" },
    input: { type: "string", default: "{}" },
    to: { type: "string", default: "Saga.Contracts:StartProvisioning" },
  },
});
for (const name of ["url", "run-id", "steps"]) {
  if (!options[name]) {
    console.error(`--${name} is missing.`);
    process.exit(2);
  }
}

const body = {
  runId: options["run-id"],
  steps: options.steps.split(","),
  input: JSON.parse(options.input),
};
const typeIsInTheExchange = options.to === "Saga.Contracts:StartProvisioning";

const connection = await amqp.connect(options.url);
// What these tell also rejects the call that caused it; unheard, they would end the process before it can say so.
connection.on("error", () => {});
try {
  const channel = await connection.createConfirmChannel();
  channel.on("error", () => {});
  // A message that no queue takes comes back before its confirmation; without `mandatory` it would vanish.
  let returned = false;
  channel.on("return", () => (returned = true));
  channel.publish(options.to, "", Buffer.from(JSON.stringify(body)), {
    contentType: "application/json",
    headers: typeIsInTheExchange ? {} : { "message-type": "StartProvisioning" },
    mandatory: true,
    persistent: true,
  });
  await channel.waitForConfirms();
  if (returned) {
    throw new Error(`Exchange ${options.to} has no queue behind it, so nobody would get the message. Is an orchestrator running?`);
  }
  console.log(`started ${body.runId}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await connection.close().catch(() => {});
}
