import QtQuick
import Mirror

// A size as a line of its own, with where it lies in words.
TouchArea {
    id: row

    required property string size
    required property bool chosen
    required property bool advised
    required property string place
    required property int count
    required property string elsewhere
    required property string also
    readonly property bool gone: place === "nowhere"

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
        id: letter

        anchors.left: parent.left
        anchors.leftMargin: Theme.unit * 32
        anchors.verticalCenter: parent.verticalCenter
        maxWidth: Theme.unit * 170
        text: row.size
        size: Theme.unit * 52
        font.strikeout: row.gone
        color: row.chosen ? Theme.foreground : row.gone ? Theme.faint : Theme.muted
    }
    BodyText {
        anchors.left: letter.right
        anchors.right: home.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: SizeTexts.locationLong(row.place, row.count, row.elsewhere)
        color: row.chosen ? Theme.foreground : Theme.muted
    }
    // The size as the shopper reads it at home.
    Caption {
        id: home

        anchors.right: advice.left
        anchors.rightMargin: row.advised && text !== "" ? Theme.unit * 40 : 0
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.NoWrap
        text: row.also
        color: Theme.faint
    }
    Title {
        id: advice

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: row.advised ? implicitWidth : 0
        visible: row.advised
        //: Beside the size that we advise. Short.
        text: qsTr("advised")
        color: Theme.accent
        font.italic: Theme.italics
        size: Theme.leadSize
    }
}
