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

    spacing: Theme.u * 20

    Title {
        objectName: "total"
        room: page.inner
        horizontalAlignment: Text.AlignHCenter
        text: page.pay.total
        size: Theme.display
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.title
        height: Theme.display * 1.1
        wrapMode: Text.NoWrap
    }
    Whisper {
        width: page.inner
        height: Math.max(implicitHeight, Theme.u * 120)
        horizontalAlignment: Text.AlignHCenter
        text: page.pay.pieces.join(Words.comma()) + (page.pay.tax !== "" ? "\n" + qsTr("incl. %1 % VAT %2").arg(page.pay.taxPercent).arg(page.pay.tax) : "")
    }
    // What happens now has one place, so that the total never moves.
    Item {
        width: page.inner
        height: Theme.u * 330

        FourWaves {
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

                Picture {
                    required property string picture
                    required property bool taken

                    visible: taken
                    width: Math.min(Theme.u * 240, page.inner / pieces.many)
                    height: Theme.u * (pieces.many > 6 ? 180 : 290)
                    pictures: page.mirror.pictures
                    path: picture
                }
            }
        }
        Waiting {
            anchors.centerIn: parent
            visible: ["starting", "resolving"].includes(page.stage) || page.stage === "tap" && !page.tapping
        }
    }
    Column {
        width: page.inner
        height: Math.max(implicitHeight, Theme.u * 190)
        spacing: Theme.u * 14

        Title {
            objectName: "pay-head"
            room: page.inner
            horizontalAlignment: Text.AlignHCenter
            size: Theme.u * 60
            text: PayWords.head(page.stage, page.pay.means, page.means)
        }
        Whisper {
            objectName: "pay-tail"
            width: page.inner
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.body
            visible: text !== ""
            text: PayWords.tail(page.stage, page.pay.means, page.means, page.mirror.readerSide, page.pay.why)
        }
    }
    Item {
        width: page.inner
        height: Theme.u * 240

        ReaderArrow {
            objectName: "reader-arrow"
            side: "below"
            visible: page.tapping && page.mirror.readerSide === "below"
            width: Theme.u * 130
            x: (parent.width - width) / 2
            y: (width - height) / 2
        }
        Action {
            objectName: "action"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(Math.max(implicitWidth, Theme.u * 640), page.inner)
            visible: ["ready", "confirm", "declined", "parked", "unpriced"].includes(page.stage)
            text: PayWords.action(page.stage, page.pay.total, page.pay.why)
            onTouched: {
                switch (page.stage) {
                case "confirm":
                    return page.mirror.confirmPay();
                case "parked":
                case "unpriced":
                    return page.mirror.ask("help", "", false);
                default:
                    return page.mirror.pay();
                }
            }
        }
        Link {
            objectName: "drop"
            anchors.bottom: parent.bottom
            anchors.horizontalCenter: parent.horizontalCenter
            visible: ["pricing", "ready", "confirm", "tap", "declined", "unpriced"].includes(page.stage)
            text: page.stage === "confirm" ? qsTr("Not this way") : qsTr("Back to the pieces")
            color: Theme.ash
            size: Theme.small
            onTouched: page.mirror.dropPay()
        }
    }
}
