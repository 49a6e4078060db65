import QtQuick
import Mirror

// A size as a cell of a grid, with where it can be had; the chosen size is underlined.
TouchArea {
    id: cell

    required property string size
    required property bool chosen
    required property bool advised
    required property bool second
    required property string place
    required property int count
    required property string elsewhere
    readonly property bool unavailable: place === "nowhere"

    objectName: "size-" + size
    label: size
    implicitHeight: Math.max(Theme.unit * 146, locationText.y + locationText.height)

    Image {
        visible: cell.chosen
        source: "image://light/floor"
        anchors.horizontalCenter: parent.horizontalCenter
        y: sizeText.y + sizeText.height - height * 0.46
        width: Math.min(parent.width * 1.25, Theme.unit * 200)
        height: width * 0.2
    }
    Title {
        id: sizeText

        anchors.horizontalCenter: parent.horizontalCenter
        text: cell.size
        size: Theme.unit * 54
        font.strikeout: cell.unavailable
        color: cell.chosen ? Theme.foreground : cell.unavailable ? Theme.faint : Theme.muted
    }
    Rectangle {
        id: underline

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: sizeText.bottom
        anchors.topMargin: Theme.unit * 2
        width: cell.chosen ? Math.min(parent.width * 0.62, Theme.unit * 76) : 0
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
        id: locationText

        anchors.horizontalCenter: parent.horizontalCenter
        anchors.top: underline.bottom
        anchors.topMargin: Theme.unit * 12
        width: parent.width - Theme.unit * 8
        horizontalAlignment: Text.AlignHCenter
        text: SizeTexts.location(cell.place, cell.count, cell.elsewhere)
        color: cell.advised ? Theme.accent : cell.chosen || cell.second ? Theme.foreground : Theme.muted
        lineHeight: 1.05
    }
}
