pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// How the shopper gets what she buys: one way for all pieces, or each its own.
PageFrame {
    id: page

    readonly property ViewModels.Delivery delivery: scene.delivery
    readonly property int count: delivery.lines.count

    spacing: Theme.unit * 26

    Title {
        maxWidth: page.innerWidth
        text: DeliveryTexts.title
    }
    BusyIndicator {
        anchors.horizontalCenter: parent.horizontalCenter
        visible: page.delivery.searching
    }
    BodyText {
        objectName: "unknown"
        width: page.innerWidth
        visible: page.delivery.unknown
        color: Theme.muted
        text: DeliveryTexts.unknown
    }
    Column {
        width: page.innerWidth

        Repeater {
            model: page.delivery.ways

            WayRow {
                width: page.innerWidth
                mirror: page.mirror
            }
        }
    }
    Flow {
        width: page.innerWidth
        spacing: Theme.gap
        visible: page.delivery.zones.count > 0

        Repeater {
            model: page.delivery.zones

            TextLink {
                required property string zone
                required property string name
                required property bool chosen

                objectName: "zone-" + zone
                text: name
                underlined: chosen
                color: chosen ? Theme.foreground : Theme.muted
                onTouched: page.mirror.chooseZone(zone)
            }
        }
    }
    Caption {
        width: page.innerWidth
        visible: page.count > 1 && page.delivery.ways.count > 1
        text: DeliveryTexts.eachPiece
    }
    Column {
        width: page.innerWidth
        visible: page.count > 1 && page.delivery.ways.count > 1

        Repeater {
            model: page.delivery.lines

            DeliveryPieceRow {
                width: page.innerWidth
                mirror: page.mirror
            }
        }
    }
    Caption {
        objectName: "address"
        width: page.innerWidth
        visible: page.delivery.sends
        text: DeliveryTexts.address
    }
    PrimaryButton {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.unit * 640), page.innerWidth)
        visible: page.count > 0
        text: qsTr("Pay here")
        onTouched: page.mirror.requestPayment()
    }
}
