import QtQuick
import Mirror

// A size as a row of a list, with where it can be had.
TouchArea {
    id: row

    required property string size
    required property bool chosen
    required property bool advised
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
        anchors.right: homeSizeText.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: SizeTexts.locationLong(row.place, row.count, row.elsewhere)
        color: row.chosen ? Theme.foreground : Theme.muted
    }
    // The size in the shopper's home country.
    Caption {
        id: homeSizeText

        anchors.right: advisedText.left
        anchors.rightMargin: row.advised && text !== "" ? Theme.unit * 40 : 0
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.NoWrap
        text: row.also
        color: Theme.faint
    }
    Title {
        id: advisedText

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
