import QtQuick
import QtQuick.Shapes
import Mirror

// The sign of a service: lines in a square of 24 units.
Item {
    id: sign

    // Path data, as in SVG.
    required property string path

    width: Theme.unit * 72
    height: width

    Shape {
        anchors.fill: parent
        antialiasing: true
        preferredRendererType: Shape.CurveRenderer

        ShapePath {
            strokeColor: Theme.accent
            strokeWidth: Theme.unit * 4
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap
            joinStyle: ShapePath.RoundJoin
            scale: Qt.size(sign.width / 24, sign.height / 24)

            PathSvg {
                path: sign.path
            }
        }
    }
}
