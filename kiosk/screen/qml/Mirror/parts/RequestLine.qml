import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// One request in one line, for the wardrobe page.
TouchArea {
    id: line

    required property ViewModels.MirrorViewModel mirror
    required property string requestId
    required property string kind
    required property bool brings
    required property string requestState
    required property string name
    required property string size
    required property string by
    required property string answer
    required property int minutes
    required property int waitedS
    required property bool searching
    required property string reached
    required property string whom
    required property int usual
    required property bool current

    objectName: "request-" + requestId
    label: titleText.text
    implicitHeight: Math.max(Theme.unit * 88, details.height + Theme.unit * 20)
    onTouched: mirror.openPage("requests")

    Rectangle {
        id: dot

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.unit * 12
        height: width
        radius: width / 2
        antialiasing: true
        color: Theme.accent
    }
    Column {
        id: details

        anchors.left: dot.right
        anchors.leftMargin: Theme.unit * 24
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter

        Title {
            id: titleText

            maxWidth: parent.width
            text: RequestTexts.title(line.requestState, line.brings, line.by, line.searching, line.answer)
            size: Theme.leadSize
        }
        Caption {
            width: parent.width
            text: SharedTexts.joined([SharedTexts.requestName(line.kind, line.name, line.size), RequestTexts.detail(line.requestState, line.answer, line.minutes, line.waitedS, line.reached, line.whom, line.usual)])
        }
    }
}
