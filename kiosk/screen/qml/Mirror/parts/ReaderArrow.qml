import QtQuick
import QtQuick.Shapes
import Mirror

// Arrow towards the card reader. Not mirrored in right-to-left languages: the reader stays where it is.
Item {
    id: arrow

    required property string side
    readonly property real angle: side === "left" ? 180 : side === "below" ? 90 : 0

    width: Theme.unit * 240
    height: Theme.unit * 40
    rotation: angle

    Shape {
        anchors.fill: parent
        antialiasing: true
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Theme.accent
            strokeWidth: Math.max(1, Theme.unit * 3)
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            startX: Theme.unit * 2
            startY: arrow.height / 2

            PathLine {
                x: arrow.width - Theme.unit * 3
                y: arrow.height / 2
            }
            PathMove {
                x: arrow.width - Theme.unit * 20
                y: arrow.height / 2 - Theme.unit * 16
            }
            PathLine {
                x: arrow.width - Theme.unit * 3
                y: arrow.height / 2
            }
            PathLine {
                x: arrow.width - Theme.unit * 20
                y: arrow.height / 2 + Theme.unit * 16
            }
        }
    }
}
