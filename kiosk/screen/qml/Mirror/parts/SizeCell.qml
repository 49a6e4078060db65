import QtQuick
import Mirror

// A size in a row of sizes, with where it lies; the chosen one stands in the light.
TouchArea {
    id: choice

    required property string size
    required property bool chosen
    required property bool advised
    required property string place
    required property int count
    required property string elsewhere
    property real letters: Theme.unit * 54
    readonly property bool gone: place === "nowhere"

    objectName: "size-" + size
    label: size
    implicitHeight: Math.max(Theme.unit * 146, where.y + where.height)

    Image {
        visible: choice.chosen
        source: "image://light/floor"
        anchors.horizontalCenter: parent.horizontalCenter
        y: letter.y + letter.height - height * 0.46
        width: Math.min(parent.width * 1.25, Theme.unit * 200)
        height: width * 0.2
    }
    Title {
        id: letter

        anchors.horizontalCenter: parent.horizontalCenter
        text: choice.size
        size: choice.letters
        font.strikeout: choice.gone
        color: choice.chosen ? Theme.foreground : choice.gone ? Theme.faint : Theme.muted
    }
    Rectangle {
        id: line

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: letter.bottom
        anchors.topMargin: Theme.unit * 2
        width: choice.chosen ? Math.min(parent.width * 0.62, Theme.unit * 76) : 0
        height: Math.max(1, Theme.unit * 2.5)
        color: Theme.accent

        Behavior on width {
            enabled: !Theme.noMotion

            NumberAnimation {
                duration: Theme.shortMs
                easing.type: Easing.OutCubic
            }
        }
    }
    Caption {
        id: where

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: line.bottom
        anchors.topMargin: Theme.unit * 12
        width: parent.width - Theme.unit * 8
        horizontalAlignment: Text.AlignHCenter
        text: SizeTexts.location(choice.place, choice.count, choice.elsewhere)
        color: choice.advised ? Theme.accent : choice.chosen ? Theme.foreground : Theme.muted
        lineHeight: 1.05
    }
}
