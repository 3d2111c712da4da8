<#--
  The words in which float and double code differ.

  A template X-Name.java.ftl whose body is within <@twinClasses> becomes FloatName.java and
  DoubleName.java; within <@twins> a part of a class is written for float, then for double.
  Where a difference is more than a word, it is an <#if type == "float"> at its place.
-->
<#macro twins>
  <#global type = "float" Type = "Float" bytes = 4 narrowing = "(float) ">
  <#global other = "double" Other = "Double">
  <#global bits = "int" Bits = "Int" Integral = "Integer">
  <#global degree = 5>
  <#nested>
  <#global type = "double" Type = "Double" bytes = 8 narrowing = "">
  <#global other = "float" Other = "Float">
  <#global bits = "long" Bits = "Long" Integral = "Long">
  <#global degree = 11>
  <#nested>
</#macro>
<#macro twinClasses>
  <@pp.dropOutputFile/>
  <@twins>
    <@pp.changeOutputFile name=pp.sourceFileName?replace("X-", Type)?remove_ending(".ftl")/>
// Expanded from src/main/templates/${pp.sourceFile}: changes belong there.
    <#nested>
  </@twins>
</#macro>
