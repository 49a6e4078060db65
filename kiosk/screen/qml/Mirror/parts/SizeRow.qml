import QtQuick
import Mirror

// A size as a line of its own, with where it lies in words.
Touch {
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
        width: Math.max(1, Theme.u * 3)
        height: row.chosen ? Theme.u * 52 : 0
        color: Theme.gold

        Behavior on height {
            enabled: !Theme.still

            NumberAnimation {
                duration: Theme.quick
                easing.type: Easing.OutCubic
            }
        }
    }
    Title {
        id: letter

        anchors.left: parent.left
        anchors.leftMargin: Theme.u * 32
        anchors.verticalCenter: parent.verticalCenter
        room: Theme.u * 170
        text: row.size
        size: Theme.u * 52
        font.strikeout: row.gone
        color: row.chosen ? Theme.ivory : row.gone ? Theme.smoke : Theme.ash
    }
    Say {
        anchors.left: letter.right
        anchors.right: home.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        text: SizeWords.placeLong(row.place, row.count, row.elsewhere)
        color: row.chosen ? Theme.ivory : Theme.ash
    }
    // The size as the shopper reads it at home.
    Whisper {
        id: home

        anchors.right: advice.left
        anchors.rightMargin: row.advised && text !== "" ? Theme.u * 40 : 0
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.NoWrap
        text: row.also
        color: Theme.smoke
    }
    Title {
        id: advice

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        width: row.advised ? implicitWidth : 0
        visible: row.advised
        //: Beside the size that we advise. Short.
        text: qsTr("advised")
        color: Theme.gold
        font.italic: Theme.slanted
        size: Theme.lead
    }
}
