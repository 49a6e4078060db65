import QtQuick
import Mirror

// One quiet line of trouble, said kindly.
Item {
    id: line

    required property string notice
    property string said: ""

    height: notice === "" ? Theme.u * 28 : words.height + Theme.u * 60
    opacity: notice === "" ? 0 : 1
    onNoticeChanged: if (notice !== "")
        said = notice

    Behavior on opacity {
        enabled: !Theme.still

        NumberAnimation {
            duration: Theme.calm
        }
    }

    Rectangle {
        id: dot

        anchors.left: parent.left
        y: words.y + Theme.u * 13
        width: Theme.u * 10
        height: width
        radius: width / 2
        color: Theme.gold
    }
    Say {
        id: words

        anchors.left: dot.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.u * 20
        anchors.verticalCenter: parent.verticalCenter
        text: Words.notice(line.said)
        font.pixelSize: Theme.small
    }
}
