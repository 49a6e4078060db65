import QtQuick
import Mirror

// One quiet line of trouble, said kindly.
Item {
    id: line

    required property string notice
    property string said: ""

    height: notice === "" ? Theme.unit * 28 : words.height + Theme.unit * 60
    opacity: notice === "" ? 0 : 1
    onNoticeChanged: if (notice !== "")
        said = notice

    Behavior on opacity {
        enabled: !Theme.noMotion

        NumberAnimation {
            duration: Theme.mediumMs
        }
    }

    Rectangle {
        id: dot

        anchors.left: parent.left
        y: words.y + Theme.unit * 13
        width: Theme.unit * 10
        height: width
        radius: width / 2
        color: Theme.accent
    }
    BodyText {
        id: words

        anchors.left: dot.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.unit * 20
        anchors.verticalCenter: parent.verticalCenter
        text: SharedTexts.notice(line.said)
        font.pixelSize: Theme.smallSize
    }
}
