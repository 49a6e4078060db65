import QtQuick
import QtQuick.Shapes
import Mirror

// Line drawing of a hanger, shown where a garment has no picture.
Shape {
    id: hanger

    readonly property real s: width / 200

    height: s * 120
    preferredRendererType: Shape.CurveRenderer
    antialiasing: true

    ShapePath {
        strokeColor: Theme.faint
        strokeWidth: Math.max(1.2, hanger.s * 2.6)
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin

        PathSvg {
            path: {
                const p = (x, y) => (x * hanger.s) + " " + (y * hanger.s);
                return "M " + p(88, 22) + " C " + p(86, 8) + " " + p(114, 4) + " " + p(114, 20) + " C " + p(114, 32) + " " + p(100, 32) + " " + p(100, 46) + " L " + p(14, 96) + " C " + p(4, 102) + " " + p(8, 112) + " " + p(18, 112) + " L " + p(182, 112) + " C " + p(192, 112) + " " + p(196, 102) + " " + p(186, 96) + " L " + p(100, 46);
            }
        }
    }
}
