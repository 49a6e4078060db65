import QtQuick
import QtQuick.Shapes
import Mirror

// Line drawing of a garment's category, shown where a garment has no picture.
Shape {
    id: drawing

    // Name of the drawing; a hanger for one that is not known.
    required property string outline
    readonly property real s: width / 200

    // Drawn in a square of 200 units.
    readonly property var drawings: ({
            "hanger": "M88 62 C86 48 114 44 114 60 C114 72 100 72 100 86 L14 136 C4 142 8 152 18 152 L182 152 C192 152 196 142 186 136 L100 86",
            "top": "M76 26 C84 42 116 42 124 26 L152 38 L184 88 L160 104 L142 82 L142 178 L58 178 L58 82 L40 104 L16 88 L48 38 Z",
            "coat": "M78 16 L122 16 L150 28 L172 122 L150 130 L139 80 L142 188 L58 188 L61 80 L50 130 L28 122 L50 28 Z M78 16 L100 62 L122 16 M100 62 L100 188",
            "trousers": "M60 14 L140 14 L158 186 L114 186 L100 76 L86 186 L42 186 Z M58 34 L142 34",
            "skirt": "M68 28 L132 28 L170 172 C130 184 70 184 30 172 Z M64 46 L136 46",
            "dress": "M70 12 C76 40 124 40 130 12 M70 12 L64 56 L78 92 L38 178 C80 192 120 192 162 178 L122 92 L136 56 L130 12 M78 92 L122 92",
            "shoes": "M18 74 C30 92 52 92 66 80 L104 112 C130 124 170 124 180 146 L180 158 L18 158 Z M18 142 L178 142",
            "bag": "M34 84 L166 84 L178 180 L22 180 Z M66 84 C66 20 134 20 134 84",
            "tag": "M24 62 L24 138 L128 138 L178 100 L128 62 Z M140 100 A8 8 0 1 0 140 101"
        })

    height: width
    preferredRendererType: Shape.CurveRenderer
    antialiasing: true

    ShapePath {
        scale: Qt.size(drawing.s, drawing.s)
        strokeColor: Theme.faint
        strokeWidth: Math.max(1.2, drawing.s * 2.6)
        fillColor: "transparent"
        capStyle: ShapePath.RoundCap
        joinStyle: ShapePath.RoundJoin

        PathSvg {
            path: drawing.drawings[drawing.outline] ?? drawing.drawings["hanger"]
        }
    }
}
