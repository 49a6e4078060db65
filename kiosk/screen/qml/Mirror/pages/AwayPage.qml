import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// The good-bye.
Item {
    id: page

    required property ViewModels.MirrorViewModel mirror

    Touch {
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
        anchors.bottomMargin: Theme.u * 420
        spacing: Theme.u * 24

        Title {
            room: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Until next time")
            size: Theme.u * 120
        }
        Whisper {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            font.pixelSize: Theme.body
            text: qsTr("This mirror keeps nothing of your visit.")
        }
    }
}
