pragma Singleton
import QtQuick

// Sizes, colours and durations of every screen. A program sets `base`, the body text's pixels;
// everything else follows from it, and from `scale`, which is 1.5 in large type.
QtObject {
    property real base: 20
    property real scale: 1
    property string language: "zh"

    readonly property string family: "Noto Sans CJK SC"
    readonly property real lineSpacing: 1.36
    readonly property var tabular: ({ "tnum": 1 })

    readonly property real body: base * scale
    readonly property real small: body * 0.8
    readonly property real lead: body * 1.25
    readonly property real title: body * 1.6
    readonly property real headline: body * 2.2
    readonly property real display: body * 3.6

    readonly property real hair: Math.max(1, base / 18)
    readonly property real line: Math.max(2, base / 10)
    readonly property real tight: base * 0.3
    readonly property real gap: base * 0.6
    readonly property real space: base
    readonly property real wide: base * 1.6
    readonly property real broad: base * 2.6
    readonly property real radius: base * 0.4
    readonly property real target: base * 2.6

    // Each text colour has 7:1 on white, and on its own tint; each fill 4.5:1 with white.
    readonly property color ground: "#FFFFFF"
    readonly property color panel: "#F4F6F9"
    readonly property color edge: "#CDD5DF"
    readonly property color text: "#14202E"
    readonly property color muted: "#3F4A58"
    readonly property color faint: "#5B6675"
    readonly property color action: "#0B57A4"
    readonly property color actionPressed: "#073F78"
    readonly property color actionText: "#084884"
    readonly property color actionTint: "#E8F0F9"
    readonly property color inverse: "#FFFFFF"
    readonly property color wrong: "#C8342B"
    readonly property color wrongPressed: "#96241D"
    readonly property color wrongText: "#8F1D16"
    readonly property color wrongTint: "#FBECEA"
    readonly property color done: "#1E7B4A"
    readonly property color doneText: "#10542F"
    readonly property color doneTint: "#E8F4ED"

    readonly property int tap: 80
    readonly property int appear: 180
    readonly property int blink: 450
    readonly property int blinks: 3
    readonly property int thanks: 4000
}
