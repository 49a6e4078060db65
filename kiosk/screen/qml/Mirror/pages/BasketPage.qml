pragma ComponentBehavior: Bound

import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// What would come along, what stays here, and the total.
PageFrame {
    id: page

    readonly property ViewModels.Basket basket: scene.basket
    readonly property int many: basket.lines.count

    spacing: Theme.u * 30

    Title {
        room: page.inner
        text: qsTr("Basket")
    }
    Say {
        width: page.inner
        visible: page.many === 0
        color: Theme.ash
        font.pixelSize: Theme.lead
        text: qsTr("Nothing here yet. What hangs with you appears by itself.")
    }
    Column {
        width: page.inner

        Repeater {
            model: page.basket.lines

            BasketLine {
                width: page.inner
                height: Math.max(implicitHeight, Theme.u * (page.many <= 5 ? 164 : page.many <= 8 ? 120 : 96))
                mirror: page.mirror
                dense: page.many > 8
            }
        }
    }
    Whisper {
        width: page.inner
        visible: page.basket.uncertain > 0
        text: qsTr("%n pieces are shown faint. Tell us whether they are yours, and they can come along.", "", page.basket.uncertain)
    }
    Item {
        visible: page.many > 0
        width: page.inner
        height: total.height

        Title {
            anchors.left: parent.left
            anchors.baseline: total.baseline
            //: Before the sum of the basket; %n pieces are in it.
            text: qsTr("%n pieces", "", page.basket.count)
            size: Theme.heading
            color: Theme.ash
        }
        Title {
            id: total

            objectName: "total"
            anchors.right: parent.right
            text: page.basket.total
            size: Theme.u * 92
        }
    }
    Action {
        objectName: "action"
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(Math.max(implicitWidth, Theme.u * 640), page.inner)
        visible: page.basket.count > 0
        text: qsTr("Pay here")
        onTouched: page.mirror.pay()
    }
}
