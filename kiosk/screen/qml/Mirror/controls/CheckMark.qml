import QtQuick
import QtQuick.Shapes
import Mirror

// Taken along, or not: a ring of light, and a tick within.
Item {
    id: tick

    required property bool on

    width: Theme.unit * 52
    height: width

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        antialiasing: true
        color: tick.on ? Theme.foreground : "transparent"
        border.width: Math.max(1, Theme.unit * 2)
        border.color: tick.on ? Theme.foreground : Theme.faint
    }
    Shape {
        anchors.fill: parent
        visible: tick.on
        antialiasing: true
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Theme.dark
            strokeWidth: Theme.unit * 4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            startX: Theme.unit * 15
            startY: Theme.unit * 27

            PathLine {
                x: Theme.unit * 23
                y: Theme.unit * 35
            }
            PathLine {
                x: Theme.unit * 38
                y: Theme.unit * 18
            }
        }
    }
}
