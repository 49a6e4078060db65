pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The basket: what hangs with the shopper, what of it she has chosen, its total, and the button to pay.
PageFrame {
    id: page

    readonly property ViewModels.Basket basket: scene.basket
    readonly property int lineCount: basket.lines.count
    readonly property ListPart list: ListPart {
        count: page.lineCount
        size: page.lineCount > 12 ? 10 : 12
    }

    spacing: Theme.unit * 30

    Title {
        maxWidth: page.innerWidth
        text: qsTr("Basket")
    }
    BodyText {
        width: page.innerWidth
        visible: page.basket.count === 0 && page.basket.gone === 0
        color: Theme.muted
        font.pixelSize: Theme.leadSize
        text: page.lineCount === 0 ? qsTr("Nothing hangs with you yet.") : qsTr("Nothing chosen yet. Touch what you would like to take home.")
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.basket.lines

            BasketRow {
                required property int index

                visible: page.list.shows(index)
                width: page.innerWidth
                height: Math.max(implicitHeight, Theme.unit * (page.lineCount <= 5 ? 164 : page.lineCount <= 8 ? 120 : 96))
                mirror: page.mirror
                dense: page.lineCount > 8
            }
        }
    }
    TextLink {
        objectName: "other-lines"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.list.parts > 1
        text: SharedTexts.others(page.list.first + 1, Math.min(page.lineCount, page.list.first + page.list.size), page.lineCount)
        color: Theme.muted
        size: Theme.smallSize
        onTouched: page.list.showNext()
    }
    TextLink {
        objectName: "take-all"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.basket.canTakeAll
        text: SharedTexts.allOfThem
        onTouched: page.mirror.chooseAll()
    }
    Item {
        visible: page.basket.count > 0
        width: page.innerWidth
        height: total.height

        Title {
            anchors.left: parent.left
            anchors.baseline: total.baseline
            //: Before the sum of the basket; %n pieces are in it.
            text: qsTr("%n pieces", "", page.basket.count)
            size: Theme.headingSize
            color: Theme.muted
        }
        Title {
            id: total

            objectName: "total"
            anchors.right: parent.right
            text: page.basket.total
            size: Theme.unit * 92
        }
    }
    TextLink {
        objectName: "delivery"
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.basket.canSend
        maxWidth: page.innerWidth
        text: DeliveryTexts.link(page.basket.later)
        onTouched: page.mirror.openDelivery()
    }
    Caption {
        objectName: "saved"
        width: page.innerWidth
        visible: page.basket.count > 0 && page.basket.saved !== ""
        horizontalAlignment: Text.AlignRight
        color: Theme.accent
        //: Under the total of the basket; %1 is the amount that promotions take off.
        text: SharedTexts.filled(qsTr("You save %1."), [page.basket.saved])
    }
    Caption {
        objectName: "tax-added"
        width: page.innerWidth
        visible: page.basket.count > 0 && page.basket.taxAdded
        horizontalAlignment: Text.AlignRight
        text: qsTr("Before tax. You see the total with tax before you pay.")
    }
    PrimaryButton {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.unit * 640), page.innerWidth)
        visible: page.basket.count > 0
        text: qsTr("Pay here")
        onTouched: page.mirror.requestPayment()
    }
}
