import QtQuick
import Mirror
import Mirror.ViewModels as ViewModels

// A service that can be asked for: its sign, its name, and what it is.
TouchArea {
    id: row

    required property ViewModels.MirrorViewModel mirror
    required property string key
    required property string kind
    required property string name
    required property string hint
    required property string icon
    required property int minutes

    function hintText(): string {
        if (hint !== "" || name !== "")
            return hint;
        switch (kind) {
        case "help":
            return qsTr("for a look, a size, an opinion");
        case "alteration":
            return qsTr("we pin it here, on you");
        default:
            return qsTr("water, coffee or tea");
        }
    }

    objectName: "ask-" + key
    label: nameText.text
    implicitHeight: Math.max(Theme.unit * 150, texts.height + Theme.unit * 30)
    onTouched: mirror.askFor(kind, key)

    ServiceSign {
        id: sign

        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        path: row.icon
    }
    Column {
        id: texts

        anchors.left: sign.right
        anchors.leftMargin: Theme.unit * 36
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 4

        Title {
            id: nameText

            maxWidth: parent.width
            text: SharedTexts.requestName(row.kind, row.name, "")
            size: Theme.unit * 58
        }
        Caption {
            width: parent.width
            visible: text !== ""
            text: SharedTexts.joined([row.hintText(), RequestTexts.promise(row.minutes)])
        }
    }
}
