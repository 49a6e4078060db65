import QtQuick
import QtQuick.Shapes
import Mirror

// Taken along, or not: a ring of light, and a tick within.
Item {
    id: tick

    required property bool on

    width: Theme.u * 52
    height: width

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        antialiasing: true
        color: tick.on ? Theme.ivory : "transparent"
        border.width: Math.max(1, Theme.u * 2)
        border.color: tick.on ? Theme.ivory : Theme.smoke
    }
    Shape {
        anchors.fill: parent
        visible: tick.on
        antialiasing: true
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Theme.ink
            strokeWidth: Theme.u * 4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            startX: Theme.u * 15
            startY: Theme.u * 27

            PathLine {
                x: Theme.u * 23
                y: Theme.u * 35
            }
            PathLine {
                x: Theme.u * 38
                y: Theme.u * 18
            }
        }
    }
}
