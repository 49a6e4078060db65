pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Paying: the total, where to hold the card, and the state of the payment.
PageFrame {
    id: page

    readonly property ViewModels.Pay pay: scene.pay
    readonly property string stage: pay.stage
    // With no-break spaces, so that a card's name and digits stay on one line.
    readonly property string storedMeans: pay.storedMeans.replace(/ /g, "\u00a0")

    spacing: Theme.unit * 20

    Title {
        objectName: "total"
        maxWidth: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        text: page.pay.total
        size: Theme.displaySize
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.titleSize
        height: Math.max(Theme.displaySize * 1.1, contentHeight)
        wrapMode: Text.NoWrap
    }
    Caption {
        width: page.innerWidth
        height: Math.max(implicitHeight, Theme.unit * 120)
        horizontalAlignment: Text.AlignHCenter
        text: [SharedTexts.orderOf(page.pay.pieces), PaymentTexts.discounts(page.pay.discounts, page.pay.discountAmounts), PaymentTexts.taxes(page.pay.taxRates, page.pay.taxAmounts, page.pay.net)].filter(line => line !== "").join("\n")
    }
    ParcelLines {
        objectName: "parcels"
        width: page.innerWidth
        visible: page.pay.parcels.count > 0
        parcels: page.pay.parcels
        language: page.scene.language
    }
    // Fixed height, so that the total stays in place in every stage.
    Item {
        width: page.innerWidth
        height: Theme.unit * 330

        ContactlessSymbol {
            anchors.centerIn: parent
            visible: page.pay.waitsForCard
        }
        ReaderArrow {
            objectName: "reader-arrow"
            side: page.mirror.readerSide
            visible: page.pay.waitsForCard && side !== "below"
            x: side === "left" ? 0 : parent.width - width
            y: (parent.height - height) / 2
        }
        Row {
            id: pieces

            readonly property int slots: Math.max(3, page.scene.basket.count)
            // Many pieces hang over each other, as on a rail.
            readonly property real pieceWidth: slots > 6 ? Theme.unit * 150 : Math.min(Theme.unit * 240, page.innerWidth / slots)

            anchors.centerIn: parent
            spacing: slots > 6 ? (page.innerWidth - pieceWidth) / (slots - 1) - pieceWidth : 0
            visible: page.pay.showsPieces

            Repeater {
                model: page.scene.basket.lines

                GarmentPicture {
                    required property string picture
                    required property bool taken
                    required outline

                    visible: taken
                    width: pieces.pieceWidth
                    height: Theme.unit * (pieces.slots > 6 ? 220 : 290)
                    pictures: page.mirror.pictures
                    path: picture
                }
            }
        }
        BusyIndicator {
            anchors.centerIn: parent
            visible: page.pay.working
        }
    }
    Column {
        width: page.innerWidth
        height: Math.max(implicitHeight, Theme.unit * 190)
        spacing: Theme.unit * 14

        Title {
            objectName: "pay-head"
            maxWidth: page.innerWidth
            horizontalAlignment: Text.AlignHCenter
            size: Theme.unit * 60
            text: PaymentTexts.title(page.stage, page.pay.means, page.storedMeans, page.pay.why, page.pay.recognised)
        }
        Caption {
            objectName: "pay-tail"
            width: page.innerWidth
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.bodySize
            visible: text !== ""
            text: PaymentTexts.detail(page.stage, page.pay.means, page.storedMeans, page.mirror.readerSide, page.pay.why, page.pay.recognised)
        }
    }
    Item {
        width: page.innerWidth
        height: Theme.unit * 240

        ReaderArrow {
            objectName: "reader-arrow"
            side: "below"
            visible: page.pay.waitsForCard && page.mirror.readerSide === "below"
            width: Theme.unit * 130
            x: (parent.width - width) / 2
            y: (width - height) / 2
        }
        PrimaryButton {
            objectName: "action"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(Math.max(implicitWidth, Theme.unit * 640), page.innerWidth)
            visible: page.pay.action !== "none"
            text: PaymentTexts.action(page.stage, page.pay.total, page.pay.why)
            onTouched: {
                switch (page.pay.action) {
                case "confirm":
                    return page.mirror.confirmPayment();
                case "help":
                    return page.mirror.requestService("help", "", false);
                default:
                    return page.mirror.requestPayment();
                }
            }
        }
        TextLink {
            objectName: "drop"
            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            visible: page.pay.canCancel
            text: page.stage === "confirm" ? qsTr("Not this way") : SharedTexts.backToPieces
            color: Theme.muted
            size: Theme.smallSize
            onTouched: page.mirror.cancelPayment()
        }
    }
}
