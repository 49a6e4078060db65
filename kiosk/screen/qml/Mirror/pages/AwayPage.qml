import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// Shown after the end of a visit.
Item {
    id: page

    required property ViewModels.MirrorViewModel mirror

    TouchArea {
        objectName: "wake"
        anchors.fill: parent
        opacity: 1
        onTouched: page.mirror.wake()
    }
    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.unit * 420
        spacing: Theme.unit * 24

        Title {
            maxWidth: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Until next time")
            size: Theme.unit * 120
        }
        Caption {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.bodySize
            text: qsTr("This mirror keeps nothing of your visit.")
        }
    }
}
