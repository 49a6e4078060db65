import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One open request in one line, wherever the shopper is.
Touch {
    id: line

    required property ViewModels.MirrorViewModel mirror
    required property string requestId
    required property string kind
    required property string requestState
    required property string name
    required property string size
    required property string by
    required property string answer
    required property int minutes
    required property int waitedS
    required property int escalated

    objectName: "request-" + requestId
    label: head.text
    implicitHeight: Math.max(Theme.u * 88, words.height + Theme.u * 20)
    onTouched: mirror.goTo("requests")

    Rectangle {
        id: dot

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.u * 12
        height: width
        radius: width / 2
        antialiasing: true
        color: Theme.gold
    }
    Column {
        id: words

        anchors.left: dot.right
        anchors.leftMargin: Theme.u * 24
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter

        Title {
            id: head

            room: parent.width
            text: RequestWords.head(line.requestState, line.kind, line.by, line.escalated)
            size: Theme.lead
        }
        Whisper {
            width: parent.width
            text: Words.listed([Words.asked(line.kind, line.name, line.size), RequestWords.tail(line.requestState, line.answer, line.minutes, line.waitedS, line.escalated)])
        }
    }
}
