// Runs payments, status, abort and refunds with Adyen's own library against a terminal; prints one JSON line of results.
// Reads its options as JSON from the first argument: host, port (cloud), ca, key, apiKey, merchant, poi.
// After "WAITING" on standard output the other side lays a card on the terminal.
"use strict";

const fs = require("fs");
const adyen = require("@adyen/api-library");
const plainCloud = require("@adyen/api-library/lib/src/services/clouddevice/cloudDeviceApi");
const encryptedCloud = require("@adyen/api-library/lib/src/services/clouddevice/encryptedCloudDeviceApi");

const options = JSON.parse(process.argv[2]);
const TIMES = { TimeStamp: new Date().toISOString() };
let number = 0;

function message(category, body, serviceId) {
    number += 1;
    return {
        SaleToPOIRequest: {
            MessageHeader: {
                ProtocolVersion: "3.0",
                MessageClass: "Service",
                MessageCategory: category,
                MessageType: "Request",
                SaleID: "NodePeer",
                ServiceID: serviceId || `N${process.pid}x${number}`.slice(-10),
                POIID: options.poi,
            },
            [`${category}Request`]: body,
        },
    };
}

function payment(order, amount) {
    return message("Payment", {
        SaleData: { SaleTransactionID: { TransactionID: order, ...TIMES } },
        PaymentTransaction: { AmountsReq: { Currency: "EUR", RequestedAmount: amount } },
    });
}

function reversal(paid, amount) {
    return message("Reversal", {
        OriginalPOITransaction: { POITransactionID: paid.POIData.POITransactionID },
        ReversalReason: "MerchantCancel",
        ReversedAmount: amount,
        SaleData: { SaleTransactionID: { TransactionID: "refund", ...TIMES }, SaleToAcquirerData: "currency=EUR" },
    });
}

const reference = (of) => ({
    MessageReference: {
        MessageCategory: "Payment",
        SaleID: "NodePeer",
        ServiceID: of.SaleToPOIRequest.MessageHeader.ServiceID,
    },
});
const status = (of) => message("TransactionStatus", { ReceiptReprintFlag: false, ...reference(of) });
const abort = (of) => message("Abort", { AbortReason: "MerchantAbort", ...reference(of) });

async function flow(send) {
    const first = payment("order-1", 12.5);
    const coming = send(first);
    console.log("WAITING");
    const paid = (await coming).SaleToPOIResponse.PaymentResponse;
    const again = (await send(status(first))).SaleToPOIResponse.TransactionStatusResponse;
    const refunded = (await send(reversal(paid, 2.5))).SaleToPOIResponse.ReversalResponse;
    const second = payment("order-2", 3);
    const aborted = send(second);
    let asked = "";
    while (asked !== "InProgress") {
        asked = (await send(status(second))).SaleToPOIResponse.TransactionStatusResponse.Response.ErrorCondition;
    }
    await send(abort(second));
    return {
        paid: paid.Response.Result,
        amount: paid.PaymentResult.AmountsResp.AuthorizedAmount,
        repeated: again.RepeatedMessageResponse.RepeatedResponseMessageBody.PaymentResponse.POIData.POITransactionID
            .TransactionID === paid.POIData.POITransactionID.TransactionID,
        refunded: refunded.Response.Result,
        aborted: (await aborted).SaleToPOIResponse.PaymentResponse.Response.ErrorCondition,
    };
}

function localFlow() {
    const client = new adyen.Client({
        apiKey: "none",
        environment: "TEST",
        certificatePath: options.ca,
        terminalApiLocalEndpoint: `https://${options.host}`,
    });
    const api = new adyen.TerminalLocalAPI(client);
    const key = {
        KeyIdentifier: options.key.identifier,
        KeyVersion: options.key.version,
        Passphrase: options.key.passphrase,
        AdyenCryptoVersion: 1,
    };
    return flow((request) => api.request(request, key));
}

async function cloudFlow(encrypted) {
    const client = new adyen.Client({ apiKey: options.apiKey, environment: "TEST" });
    client.httpClient.agentOptions = { ca: fs.readFileSync(options.ca) };
    const credentials = {
        keyIdentifier: options.key.identifier,
        keyVersion: options.key.version,
        passphrase: options.key.passphrase,
        adyenCryptoVersion: 1,
    };
    const api = encrypted
        ? new encryptedCloud.EncryptedCloudDeviceApi(client, credentials)
        : new plainCloud.CloudDeviceApi(client);
    api.baseUrl = `https://127.0.0.1:${options.port}/v1`;
    const found = await flow((request) => api.sync(options.merchant, options.poi, request));
    if (!encrypted) {
        found.status = (await api.getDeviceStatus(options.merchant, options.poi)).status;
        found.async = (await api.async(options.merchant, options.poi, message("Diagnosis", {}))).Result;
    }
    return found;
}

async function main() {
    const found = { local: await localFlow(), cloud: await cloudFlow(false), encrypted: await cloudFlow(true) };
    console.log(JSON.stringify(found));
}

main().catch((error) => {
    console.log(JSON.stringify({ error: String((error && error.stack) || error) }));
    process.exitCode = 1;
});
