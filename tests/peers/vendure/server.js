// A Vendure server in memory for tests, on a port of this computer. Its variants have a custom field for their GTIN.
const { bootstrap, DefaultLogger, LogLevel } = require("@vendure/core");
const { populateInitialData } = require("@vendure/core/cli");

const port = Number(process.argv[2]);
const config = {
  apiOptions: { port, hostname: "127.0.0.1", adminApiPath: "admin-api", shopApiPath: "shop-api" },
  authOptions: { tokenMethod: "bearer", superadminCredentials: { identifier: "cheval", password: "secret" } },
  dbConnectionOptions: { type: "sqljs", autoSave: false, synchronize: true, logging: false, location: "none" },
  paymentOptions: { paymentMethodHandlers: [] },
  customFields: { ProductVariant: [{ name: "gtin", type: "string", nullable: true }] },
  logger: new DefaultLogger({ level: LogLevel.Error }),
};
const shop = {
  defaultLanguage: "en", defaultZone: "Europe", taxRates: [{ name: "Standard", percentage: 20 }],
  countries: [{ name: "Austria", code: "AT", zone: "Europe" }], shippingMethods: [], paymentMethods: [],
  collections: [],
};

bootstrap(config)
  .then((app) => populateInitialData(app, shop))
  .then(() => console.log("ready"))
  .catch((error) => { console.error(error); process.exit(1); });
process.stdin.on("end", () => process.exit(0)).resume();
