import QtQuick
import QtQuick.Shapes
import Mirror

// Round check box: a filled circle with a tick, or an empty ring.
Item {
    id: checkMark

    required property bool checked

    width: Theme.unit * 52
    height: width

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        antialiasing: true
        color: checkMark.checked ? Theme.foreground : "transparent"
        border.width: Math.max(1, Theme.unit * 2)
        border.color: checkMark.checked ? Theme.foreground : Theme.faint
    }
    Shape {
        anchors.fill: parent
        visible: checkMark.checked
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
