pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.Glass as Facts

// Paying: the total large and alone, where to hold the card, and what is known at each moment.
PageFrame {
    id: page

    readonly property Facts.PayFacts pay: scene.pay
    readonly property string stage: pay.stage
    readonly property bool tapping: stage === "tap"
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
            visible: page.tapping
            x: side === "left" ? 0 : side === "right" ? parent.width - width : (parent.width - width) / 2
            y: side === "below" ? parent.height - Theme.u * 30 : (parent.height - height) / 2
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
            visible: ["starting", "resolving"].includes(page.stage)
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
            text: {
                switch (page.stage) {
                case "pricing":
                    return qsTr("Adding it up");
                case "ready":
                    return qsTr("Shall we?");
                case "confirm":
                    //: %1 is how the stored means of payment is named, such as a card's last digits.
                    return qsTr("Pay with %1?").arg(page.means);
                case "starting":
                    return page.pay.means === "stored" ? qsTr("One moment") : qsTr("Waking the terminal");
                case "tap":
                    return qsTr("Hold your card, phone or ring here");
                case "resolving":
                    return qsTr("We are asking the terminal");
                case "paid":
                    return qsTr("Thank you");
                case "declined":
                    return qsTr("That did not go through");
                case "parked":
                    return qsTr("One of us comes to you");
                default:
                    return qsTr("Not to be paid here just now");
                }
            }
        }
        Whisper {
            objectName: "pay-tail"
            width: page.inner
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.body
            visible: text !== ""
            text: {
                switch (page.stage) {
                case "ready":
                    return page.pay.storedMeans !== "" ? qsTr("Or lay your ring or house card on the reader to pay with %1.").arg(page.means) : "";
                case "confirm":
                    return qsTr("Your ring was recognised.");
                case "tap":
                    return page.mirror.readerSide === "left" ? qsTr("to the left of the mirror, at the small light") : page.mirror.readerSide === "below" ? qsTr("below the mirror, at the small light") : qsTr("to the right of the mirror, at the small light");
                case "resolving":
                    return qsTr("Its answer did not arrive. You will not be charged twice.");
                case "declined":
                    return Words.payDeclined(page.pay.why);
                case "parked":
                    return qsTr("We could not learn whether it went through. Nothing is charged twice; we settle it together.");
                case "unpriced":
                    return qsTr("Your pieces stay as they are. Call us, or pay at the desk.");
                default:
                    return "";
                }
            }
        }
    }
    Item {
        width: page.inner
        height: Theme.u * 240

        Action {
            objectName: "action"
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(Math.max(implicitWidth, Theme.u * 640), page.inner)
            visible: ["ready", "confirm", "declined", "parked", "unpriced"].includes(page.stage)
            text: {
                switch (page.stage) {
                case "confirm":
                    //: Confirms the payment of %1.
                    return qsTr("Yes, pay %1").arg(page.pay.total);
                case "declined":
                    return qsTr("Try again");
                case "parked":
                case "unpriced":
                    return qsTr("Call someone");
                default:
                    return qsTr("Pay by card or phone");
                }
            }
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
