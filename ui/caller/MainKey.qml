import Hall

// The one big key.
BigButton {
    required property var view
    required property var keys

    objectName: "call_next"
    kind: "primary"
    text: qsTr("呼叫下一位")
    key: "F12"
    size: Style.title
    enabled: view.keys["call_next"].on
    busy: view.keys["call_next"].busy
    onTaken: keys.call_next()
}
