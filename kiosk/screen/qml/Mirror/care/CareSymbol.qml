pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Shapes
import Mirror

// One symbol of a care label: a line drawing with a number, a letter or dots inside, and bars below.
Item {
    id: symbol

    required property string code
    required property string path
    required property string text
    required property int dots
    required property int bars
    readonly property real s: width / 100

    objectName: "care-" + code
    width: Theme.unit * 76
    height: width * 1.2

    Shape {
        width: parent.width
        height: width
        preferredRendererType: Shape.CurveRenderer
        antialiasing: true

        ShapePath {
            scale: Qt.size(symbol.s, symbol.s)
            strokeColor: Theme.muted
            strokeWidth: Math.max(1.2, Theme.unit * 2.4)
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin

            PathSvg {
                path: symbol.path
            }
        }
    }
    Caption {
        anchors.horizontalCenter: parent.horizontalCenter
        y: symbol.width * 0.56 - height / 2
        visible: text !== ""
        text: symbol.text
        font.pixelSize: symbol.width * 0.38
        lineHeight: 1
    }
    Row {
        anchors.horizontalCenter: parent.horizontalCenter
        y: symbol.width * (symbol.code.startsWith("iron") ? 0.66 : 0.5) - height / 2
        spacing: symbol.width * 0.08

        Repeater {
            model: symbol.dots

            Rectangle {
                width: symbol.width * 0.1
                height: width
                radius: width / 2
                antialiasing: true
                color: Theme.muted
            }
        }
    }
    Column {
        y: symbol.width * 0.98
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: symbol.width * 0.07

        Repeater {
            model: symbol.bars

            Rectangle {
                width: symbol.width * 0.7
                height: Math.max(1, Theme.unit * 2.4)
                color: Theme.muted
            }
        }
    }
}
