pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Paying: the total large and alone, where to hold the card, and what is known at each moment.
PageFrame {
    id: page

    readonly property ViewModels.Pay pay: scene.pay
    readonly property string stage: pay.stage
    readonly property bool tapping: stage === "tap" && pay.means !== "stored"
    // Never broken in the middle.
    readonly property string means: pay.storedMeans.replace(/ /g, "\u00a0")

    spacing: Theme.unit * 20

    Title {
        objectName: "total"
        maxWidth: page.innerWidth
        horizontalAlignment: Text.AlignHCenter
        text: page.pay.total
        size: Theme.displaySize
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.titleSize
        height: Theme.displaySize * 1.1
        wrapMode: Text.NoWrap
    }
    Caption {
        width: page.innerWidth
        height: Math.max(implicitHeight, Theme.unit * 120)
        horizontalAlignment: Text.AlignHCenter
        text: page.pay.pieces.join(SharedTexts.listSeparator()) + (page.pay.tax !== "" ? "\n" + qsTr("incl. %1 % VAT %2").arg(page.pay.taxPercent).arg(page.pay.tax) : "")
    }
    // What happens now has one place, so that the total never moves.
    Item {
        width: page.innerWidth
        height: Theme.unit * 330

        ContactlessSymbol {
            anchors.centerIn: parent
            visible: page.tapping
        }
        ReaderArrow {
            objectName: "reader-arrow"
            side: page.mirror.readerSide
            visible: page.tapping && side !== "below"
            x: side === "left" ? 0 : parent.width - width
            y: (parent.height - height) / 2
        }
        Row {
            id: pieces

            readonly property int many: Math.max(3, page.scene.basket.count)

            anchors.centerIn: parent
            visible: ["pricing", "ready", "confirm", "declined", "unpriced"].includes(page.stage)

            Repeater {
                model: page.scene.basket.lines

                GarmentPicture {
                    required property string picture
                    required property bool taken

                    visible: taken
                    width: Math.min(Theme.unit * 240, page.innerWidth / pieces.many)
                    height: Theme.unit * (pieces.many > 6 ? 180 : 290)
                    pictures: page.mirror.pictures
                    path: picture
                }
            }
        }
        BusyIndicator {
            anchors.centerIn: parent
            visible: ["starting", "resolving"].includes(page.stage) || page.stage === "tap" && !page.tapping
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
            text: PaymentTexts.title(page.stage, page.pay.means, page.means)
        }
        Caption {
            objectName: "pay-tail"
            width: page.innerWidth
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.bodySize
            visible: text !== ""
            text: PaymentTexts.detail(page.stage, page.pay.means, page.means, page.mirror.readerSide, page.pay.why)
        }
    }
    Item {
        width: page.innerWidth
        height: Theme.unit * 240

        ReaderArrow {
            objectName: "reader-arrow"
            side: "below"
            visible: page.tapping && page.mirror.readerSide === "below"
            width: Theme.unit * 130
            x: (parent.width - width) / 2
            y: (width - height) / 2
        }
        PrimaryButton {
            objectName: "action"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(Math.max(implicitWidth, Theme.unit * 640), page.innerWidth)
            visible: ["ready", "confirm", "declined", "parked", "unpriced"].includes(page.stage)
            text: PaymentTexts.action(page.stage, page.pay.total, page.pay.why)
            onTouched: {
                switch (page.stage) {
                case "confirm":
                    return page.mirror.confirmPayment();
                case "parked":
                case "unpriced":
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
            visible: ["pricing", "ready", "confirm", "tap", "declined", "unpriced"].includes(page.stage)
            text: page.stage === "confirm" ? qsTr("Not this way") : qsTr("Back to the pieces")
            color: Theme.muted
            size: Theme.smallSize
            onTouched: page.mirror.cancelPayment()
        }
    }
}
