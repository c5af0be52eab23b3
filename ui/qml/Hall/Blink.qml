import QtQuick

// Lets `shown` blink thrice whenever `occasion` becomes another word; not for the first one, which
// was there when the screen came on.
SequentialAnimation {
    id: blink

    required property Item shown
    property string occasion: ""
    property bool ready: false
    property string last: ""

    loops: Style.blinks
    onStopped: shown.opacity = 1
    onOccasionChanged: {
        if (ready && occasion && occasion !== last)
            restart();
        last = occasion || last;
    }
    Component.onCompleted: ready = true

    NumberAnimation {
        target: blink.shown
        property: "opacity"
        to: 0.08
        duration: Style.blink
    }
    NumberAnimation {
        target: blink.shown
        property: "opacity"
        to: 1
        duration: Style.blink
    }
}
