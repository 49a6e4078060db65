import QtQuick
import Mirror

// A size in a row of sizes, with where it lies; the chosen one stands in the light.
Touch {
    id: choice

    required property string size
    required property bool chosen
    required property bool advised
    required property string place
    required property int count
    required property string elsewhere
    property real letters: Theme.u * 54
    readonly property bool gone: place === "nowhere"

    objectName: "size-" + size
    label: size
    implicitHeight: Math.max(Theme.u * 146, where.y + where.height)

    Image {
        visible: choice.chosen
        source: "image://light/floor"
        anchors.horizontalCenter: parent.horizontalCenter
        y: letter.y + letter.height - height * 0.46
        width: Math.min(parent.width * 1.25, Theme.u * 200)
        height: width * 0.2
    }
    Title {
        id: letter

        anchors.horizontalCenter: parent.horizontalCenter
        text: choice.size
        size: choice.letters
        font.strikeout: choice.gone
        color: choice.chosen ? Theme.ivory : choice.gone ? Theme.smoke : Theme.ash
    }
    Rectangle {
        id: line

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: letter.bottom
        anchors.topMargin: Theme.u * 2
        width: choice.chosen ? Math.min(parent.width * 0.62, Theme.u * 76) : 0
        height: Math.max(1, Theme.u * 2.5)
        color: Theme.gold

        Behavior on width {
            enabled: !Theme.still

            NumberAnimation {
                duration: Theme.quick
                easing.type: Easing.OutCubic
            }
        }
    }
    Whisper {
        id: where

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: line.bottom
        anchors.topMargin: Theme.u * 12
        width: parent.width - Theme.u * 8
        horizontalAlignment: Text.AlignHCenter
        text: SizeWords.place(choice.place, choice.count, choice.elsewhere)
        color: choice.advised ? Theme.gold : choice.chosen ? Theme.ivory : Theme.ash
        lineHeight: 1.05
    }
}
