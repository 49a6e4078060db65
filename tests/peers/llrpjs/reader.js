// A reader whose words are written and read by llrpjs; framing and behaviour are our own.
//
//   node reader.js '{"tags":["30..."],"cut":3,...}'   -> one JSON line {"port":N}; orders as lines on standard input
//
// Options: tags, hz, cut (bytes a packet; 0 = everything in one), refuse_rospec, busy_for (greetings that say
// "another client"), epc_bits, sparse, uptime, custom, hold, no_keepalive. Orders: silent, restart, quit.
"use strict";
const net = require("net");
const { LLRPCore, LLRPMessage } = require("llrpjs");

const options = { tags: [], hz: 40, cut: 0, busy_for: 0, ...JSON.parse(process.argv[2] || "{}") };
const OK = { StatusCode: "M_Success", ErrorDescription: "" };
const ANSWERED_WITH_STATUS = new Set([
  "SET_READER_CONFIG", "DELETE_ROSPEC", "ENABLE_ROSPEC", "START_ROSPEC", "STOP_ROSPEC", "DISABLE_ROSPEC",
  "CLOSE_CONNECTION",
]);

let running = false;
let silent = false;
let holding = options.hold;
let client = null;
let keepalive = null;
let ids = 1000;

function now() {
  return new Date().toISOString().replace("Z", "000Z");
}

function stamp(name) {
  return options.uptime ? { [name + "Uptime"]: { Microseconds: Math.round(process.uptime() * 1e6) } }
    : { [name + "UTC"]: { Microseconds: now() } };
}

function bytes(name, data, id) {
  return new LLRPCore[name]({ id: id || ids++, data }).encode().getBuffer();
}

function send(socket, ...messages) {
  if (silent || socket.destroyed) return;
  const all = Buffer.concat(messages);
  if (!options.cut) return socket.write(all);
  for (let at = 0; at < all.length; at += options.cut) socket.write(all.subarray(at, at + options.cut));
}

function greeting(status) {
  const time = options.uptime ? { Uptime: { Microseconds: 5000000 } } : { UTCTimestamp: { Microseconds: now() } };
  return bytes("READER_EVENT_NOTIFICATION", {
    ReaderEventNotificationData: { ...time, ConnectionAttemptEvent: { Status: status } },
  });
}

function tagReport(epc) {
  const long = options.epc_bits || epc.length !== 24;
  const tag = long ? { EPCData: { EPC: epc } } : { EPC_96: { EPC: epc } };
  if (options.sparse) return tag;
  const report = {
    ...tag,
    ROSpecID: { ROSpecID: 1 },
    AntennaID: { AntennaID: 3 },
    PeakRSSI: { PeakRSSI: -61 },
    ChannelIndex: { ChannelIndex: 4 },
    ...stamp("FirstSeenTimestamp"),
    ...stamp("LastSeenTimestamp"),
    TagSeenCount: { TagCount: 2 },
    C1G2_PC: { PC_Bits: 12288 },
  };
  if (options.custom) report.Custom = { VendorIdentifier: 25882, ParameterSubtype: 56, Data: "0102AB" };
  return report;
}

function capabilities(id) {
  const general = {
    MaxNumberOfAntennaSupported: 4,
    CanSetAntennaProperties: 0,
    HasUTCClockCapability: options.uptime ? 0 : 1,
    DeviceManufacturerName: 161,
    ModelName: 96,
    ReaderFirmwareVersion: "3.0",
    ReceiveSensitivityTableEntry: [{ Index: 1, ReceiveSensitivityValue: 0 }],
    GPIOCapabilities: { NumGPIs: 0, NumGPOs: 0 },
    PerAntennaAirProtocol: [1, 2, 3, 4].map((port) => ({ AntennaID: port, ProtocolID: [1] })),
  };
  const data = { LLRPStatus: OK };
  if (!options.sparse) data.GeneralDeviceCapabilities = general;
  if (options.custom) data.Custom = { VendorIdentifier: 25882, ParameterSubtype: 3, Data: "00FF" };
  return bytes("GET_READER_CAPABILITIES_RESPONSE", data, id);
}

function rospecAnswer(id) {
  if (!options.refuse_rospec) return bytes("ADD_ROSPEC_RESPONSE", { LLRPStatus: OK }, id);
  return bytes("ADD_ROSPEC_RESPONSE", {
    LLRPStatus: {
      StatusCode: "M_ParameterError",
      ErrorDescription: "trigger not supported",
      ParameterError: {
        ParameterType: 177,
        ErrorCode: "M_FieldError",
        FieldError: { FieldNum: 3, ErrorCode: "M_FieldError" },
      },
    },
  }, id);
}

function answer(socket, message) {
  const name = message.getName();
  const id = message.getMessageId();
  const data = message.toLLRPData().data;
  process.stderr.write(JSON.stringify({ name, data }) + "\n");
  if (name === "GET_READER_CAPABILITIES") return send(socket, capabilities(id));
  if (name === "ADD_ROSPEC") return send(socket, rospecAnswer(id));
  if (name === "ENABLE_EVENTS_AND_REPORTS") holding = false;
  if (!ANSWERED_WITH_STATUS.has(name)) return undefined;
  if (name === "SET_READER_CONFIG" && data.KeepaliveSpec && !options.no_keepalive) {
    clearInterval(keepalive);
    keepalive = setInterval(() => send(socket, bytes("KEEPALIVE", {})), data.KeepaliveSpec.PeriodicTriggerValue);
  }
  send(socket, bytes(name + "_RESPONSE", { LLRPStatus: OK }, id));
  if (name === "START_ROSPEC") running = true;
  if (name === "DELETE_ROSPEC") running = false;
  if (name === "CLOSE_CONNECTION") socket.end();
  return undefined;
}

function connected(socket) {
  socket.on("error", () => {});
  socket.setNoDelay(true);
  if (client || options.busy_for > 0) {
    options.busy_for -= 1;
    send(socket, greeting("Failed_A_Client_Initiated_Connection_Already_Exists"));
    return socket.end();
  }
  client = socket;
  holding = options.hold;
  let held = Buffer.alloc(0);
  socket.on("data", (chunk) => {
    held = Buffer.concat([held, chunk]);
    while (!silent && held.length >= 6 && held.length >= held.readUInt32BE(2)) {
      const length = held.readUInt32BE(2);
      answer(socket, new LLRPMessage(Buffer.from(held.subarray(0, length))).decode());
      held = held.subarray(length);
    }
  });
  socket.on("close", () => {
    if (client === socket) client = null;
    clearInterval(keepalive);
    running = false;
  });
  return send(socket, greeting("Success"));
}

const server = net.createServer(connected);
server.listen(0, "127.0.0.1", () => process.stdout.write(JSON.stringify({ port: server.address().port }) + "\n"));

setInterval(() => {
  if (client && running && !holding) {
    const reports = options.tags.map((epc) => bytes("RO_ACCESS_REPORT", { TagReportData: [tagReport(epc)] }));
    send(client, ...reports);
  }
}, 1000 / options.hz);

require("readline").createInterface({ input: process.stdin }).on("line", (order) => {
  if (order === "silent") silent = true;
  if (order === "restart") {
    silent = false;
    if (client) client.destroy();
  }
  if (order === "quit") process.exit(0);
}).on("close", () => process.exit(0));
