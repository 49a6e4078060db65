import QtQuick
import Mirror

// A size as a row of a list, with where it can be had.
TouchArea {
    id: row

    required property string size
    required property bool chosen
    required property bool advised
    required property bool second
    required property string place
    required property int count
    required property string elsewhere
    required property string also
    readonly property bool unavailable: place === "nowhere"

    objectName: "size-" + size
    label: size

    Rectangle {
        anchors.left: parent.left
        anchors.verticalCenter: parent.verticalCenter
        width: Math.max(1, Theme.unit * 3)
        height: row.chosen ? Theme.unit * 52 : 0
        color: Theme.accent

        Behavior on height {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.shortMs
                easing.type: Easing.OutCubic
            }
        }
    }
    Title {
        id: sizeText

        anchors.left: parent.left
        anchors.leftMargin: Theme.unit * 32
        anchors.verticalCenter: parent.verticalCenter
        maxWidth: Theme.unit * 170
        text: row.size
        size: Theme.unit * 52
        font.strikeout: row.unavailable
        color: row.chosen ? Theme.foreground : row.unavailable ? Theme.faint : Theme.muted
    }
    BodyText {
        anchors.left: sizeText.right
        anchors.right: parent.right
        anchors.rightMargin: notes.width + Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: SizeTexts.locationLong(row.place, row.count, row.elsewhere)
        color: row.chosen ? Theme.foreground : Theme.muted
    }
    Row {
        id: notes

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.unit * 40

        // The size in the shopper's home country.
        Caption {
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            wrapMode: Text.NoWrap
            text: row.also
            color: Theme.faint
        }
        Title {
            anchors.verticalCenter: parent.verticalCenter
            visible: row.advised || row.second
            //: Beside the size that we advise; and beside the other one that may fit. Short.
            text: row.advised ? qsTr("advised") : qsTr("also")
            color: row.advised ? Theme.accent : Theme.muted
            font.italic: Theme.italics
            size: Theme.leadSize
        }
    }
}
